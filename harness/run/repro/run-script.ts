import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { word } from '../../probe/shell.ts'
import type { Subject } from '../../subject/subject.ts'
import { oneLine } from './script.ts'
import { dnsImage, serviceImage } from './processes.ts'

const shell = join(import.meta.dirname, 'shell')
/** What is the same in every folder; shell, so that it is checked and coloured as such. */
const fixed = (name: string): string => readFileSync(join(shell, name), 'utf8')

/** `functions.sh`: the words that steps are written in. */
export const functionsScript = (): string => fixed('functions.sh')

export interface RunScript {
  readonly cellId: string
  readonly says: string
  readonly subject: Subject
  /** What is to be done where the image is missing; `pull`. */
  readonly hint: string
  /** First three octets of the addresses in the folder. */
  readonly network: string
  /** A DNS is played. */
  readonly dns: boolean
  /** A process needs an etcd with the v2 API, which this build has not. */
  readonly service: boolean
}

/** `run.sh` of a folder. */
export function runScript({ cellId, says, subject, hint, network, dns, service }: RunScript): string {
  const { commands, reference, etcd, go } = subject
  return [
    '#!/usr/bin/env bash',
    `# ${oneLine(cellId)}`,
    `# on etcd ${oneLine(etcd)}, built with go${oneLine(go)}: ${oneLine(says)}`,
    '#',
    '# Shows it again with new keys and new containers. The last line is SAME (exit 0), DIFFERENT (1), or CANNOT TELL',
    '# and why (2). Another build of etcd: IMAGE=name:tag ./run.sh. README.md says what is expected, and why.',
    '',
    `IMAGE=\${IMAGE:-${inDefault(reference)}}`,
    `IMAGE_HINT=${word(hint)}`,
    `ETCD=\${ETCD:-${inDefault(commands.etcd)}} # in the image`,
    `ETCDCTL=\${ETCDCTL:-${inDefault(commands.etcdctl ?? '/usr/local/bin/etcdctl')}}`,
    ...(dns ? [`COREDNS_OFFICIAL=${word(dnsImage.official)}`, `COREDNS_KEPT=${word(dnsImage.ours)}`] : []),
    ...(service
      ? [`SERVICE=\${SERVICE:-${inDefault(serviceImage)}} # an etcd with the v2 API, for discovery`]
      : []),
    `NETWORK=${word(network)} # the addresses in this folder are ${network}.x; where that is taken, others stand for them`,
    '',
    fixed('frame.sh'),
  ].join('\n')
}

/** Text in `${NAME:-…}` outside of quotes. */
const inDefault = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `$(printf %s ${word(text)})`

/** run.sh of a folder of folders. */
export const runAllScript = (): string => fixed('run-all.sh')
