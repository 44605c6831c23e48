import { glob } from 'node:fs/promises'

/** The folders that a package is made of. */
const folders = '{suites,fixtures,harness,reports,docker}'

/** What no user of a package reads: tests with what they need, pictures for the README, files of the compiler's own. */
const unwanted =
  /\.test\.|\/testing\/|\.(?:png|jpg|svg)$|\.gitignore$|\/tsconfig\.json$|^harness\/package\/|^harness\/cli\/etcd-tls\.js$/

/**
 * TypeScript that is read as text. A recipe's text is part of the name of what it makes: an image that the checkout
 * built is the same image to a package. A starter is written as it is.
 */
const named = /^docker\/[\w-]+\/[\w-]*recipe\.ts$|^harness\/starters\//

/** Files that go into a package as they are, from the root: templates, sources in other languages, data. */
export async function assets(root: string): Promise<string[]> {
  const found: string[] = []
  for await (const file of glob(`${folders}/**/*.*`, { cwd: root })) found.push(file)
  return found.filter((file) => !unwanted.test(file) && (!file.endsWith('.ts') || named.test(file))).sort()
}
