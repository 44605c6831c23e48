import { Command } from 'commander'
import { removeKeptImages } from '../engine/kept-images.ts'
import { stopEngine } from '../engine/stop-engine.ts'
import { sweep, sweepFolders, type Swept } from '../engine/sweep.ts'
import { engineAnswers } from '../engine/name.ts'
import type { SetExit } from './program.ts'

interface CleanOptions {
  readonly all?: true
  readonly subjects?: true
  readonly engine?: true
}

export const cleanCommand = (setExit: SetExit): Command =>
  new Command('clean')
    .description('remove what killed runs left: containers, networks and temporary folders')
    .option('--all', 'of every run, also of those that live')
    .option('--subjects', 'remove the kept subject images too')
    .option('--engine', 'stop the engine that the set-up started, too; never another')
    .addHelpText('after', help)
    .action(async (options: CleanOptions) => {
      for (const line of await clean(options)) process.stdout.write(`${line}\n`)
      setExit(0)
    })

const help = `
A run is dead when its process is: its id names host, process and the time that one started. What a run of
another host left counts as dead when nothing was added to it for an hour.

Examples:
  etcd-tls clean
  etcd-tls clean --subjects --engine

Exit status: 0 cleaned · 3 something could not be removed.`

async function clean(options: CleanOptions): Promise<string[]> {
  const scope = options.all === true ? 'all' : 'dead'
  const answers = await engineAnswers()
  const swept = answers
    ? await sweep(scope)
    : { containers: [], networks: [], folders: await sweepFolders(scope) }
  const said = [...(answers ? [] : ['No container engine answers; only files are cleaned.']), sentence(swept)]
  if (options.subjects === true) said.push(`Removed subject images: ${listed(await removeKeptImages())}.`)
  if (options.engine === true) said.push(await stopEngine())
  return said
}

const listed = (names: readonly string[]): string => (names.length === 0 ? 'none' : names.join(', '))

const sentence = ({ containers, networks, folders }: Swept): string =>
  `Removed ${plural(containers.length, 'container')}, ${plural(networks.length, 'network')} and ` +
  `${plural(folders.length, 'temporary folder')} that ended runs had left.`

const plural = (count: number, one: string): string => `${String(count)} ${one}${count === 1 ? '' : 's'}`
