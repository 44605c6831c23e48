import { removeKeptImages, type RemovedImages } from '../engine/kept-images.ts'
import { stopEngine } from '../engine/stop-engine.ts'
import { sweep, sweepFolders, type Swept } from '../engine/sweep.ts'
import { engineAnswers } from '../engine/name.ts'
import { removeTools } from '../tool/kept-tool.ts'
import { removeCompiled } from './compiled.ts'
import { plural } from './plural.ts'

export interface CleanOptions {
  readonly all?: true
  readonly subjects?: true
  readonly engine?: true
}

/** @returns what was done, a sentence each. Errors: HarnessError. */
export async function clean(options: CleanOptions): Promise<string[]> {
  const scope = options.all === true ? 'all' : 'dead'
  const answers = await engineAnswers()
  const swept = answers
    ? await sweep(scope)
    : { containers: [], networks: [], folders: await sweepFolders(scope) }
  const said = [...(answers ? [] : ['No container engine answers; only files are cleaned.']), sentence(swept)]
  if (options.subjects === true) {
    await removeCompiled()
    said.push(
      ...imageSentences(await removeKeptImages()),
      `Removed kept tools: ${listed(await removeTools())}, and what Node had compiled.`,
      "Go's own caches hold the toolchains and modules of the builds; `go clean -cache -modcache` empties them.",
    )
  }
  if (options.engine === true) said.push(await stopEngine())
  return said
}

const listed = (names: readonly string[]): string => (names.length === 0 ? 'none' : names.join(', '))

const imageSentences = ({ removed, inUse }: RemovedImages): string[] => [
  `Removed subject images: ${listed(removed.map(({ name }) => name))}.`,
  ...(inUse.length === 0 ? [] : [`Kept, because still in use: ${listed(inUse.map(({ name }) => name))}.`]),
]

const sentence = ({ containers, networks, folders }: Swept): string =>
  `Removed ${plural(containers.length, 'container')}, ${plural(networks.length, 'network')} and ` +
  `${plural(folders.length, 'temporary folder')} that ended runs had left.`
