import type { Results } from '../../reports/index.ts'

/** How a command that ends in results tells them. */
export interface Telling {
  /** Standard output is for programs: results.json and nothing else; people are told on standard error. */
  readonly json?: true
  /** Nothing while it works, and nothing at the end where the exit status is 0. */
  readonly quiet?: true
}

/** Where people are told. */
export const forPeople = ({ json }: Telling): NodeJS.WriteStream =>
  json === true ? process.stderr : process.stdout

/** @param text for people @param exit what the command ends with. Resolves when all is written. */
export async function tellResults(
  text: string,
  results: Results,
  exit: number,
  telling: Telling,
): Promise<void> {
  if (telling.quiet !== true || exit !== 0) forPeople(telling).write(text)
  if (telling.json !== true) return
  const { promise, resolve } = Promise.withResolvers<void>()
  // A slow reader must have all of it before the process ends.
  process.stdout.write(`${JSON.stringify(results, null, 2)}\n`, () => {
    resolve()
  })
  await promise
}
