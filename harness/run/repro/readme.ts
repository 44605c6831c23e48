import type { CellResult } from '../../../reports/schema.ts'
import { describe } from '../../judge/describe.ts'
import type { Observation } from '../../probe/observation.ts'
import { oneLine } from './script.ts'
import type { Stage } from './plan.ts'

export interface Readme {
  readonly cellId: string
  readonly says: string
  readonly heading: string
  readonly url?: string | undefined
  readonly cites: readonly string[]
  readonly image: string
  /** The text in etcd's log that states the reason. */
  readonly reason?: string | undefined
}

/** README.md: what is promised, what was seen, what to expect and how to see it. Pure. */
export function readme(about: Readme, { subject, result, script }: Stage): string {
  const { cellId, says, heading, url, cites, image, reason } = about
  return [
    `# ${oneLine(cellId)}`,
    '',
    `On etcd ${subject.etcd}, built with go${subject.go} (${code(subject.name)}).`,
    '',
    '## What the documentation promises',
    '',
    `${prose(says)}`,
    '',
    `Section: ${url === undefined ? prose(heading) : `[${prose(heading)}](${url})`}${cites.length === 0 ? '' : `; fingerprints of the sentences: ${cites.map(code).join(', ')}`}.`,
    '',
    '## What was seen',
    '',
    `Verdict: **${result.verdict}**${declared(result)}.`,
    '',
    ...observed(result),
    ...(reason === undefined ? [] : ['', 'The line to look for in the log of etcd says:', '', fence(reason)]),
    '',
    '## See it again',
    '',
    '```sh',
    './run.sh',
    '```',
    '',
    'It needs Linux with bash, docker (or `DOCKER=podman`), openssl 3 and curl, and nothing else of this project. It makes new keys',
    'and containers, asks as below, and takes everything away again. Its last line is `SAME` (exit 0) when all findings are',
    'those of `expected.txt`, `DIFFERENT` (1) when one is another, and `CANNOT TELL` with the reason (2) when something is',
    'missing or did not answer. Another build of etcd, for instance with a fix: `IMAGE=name:tag ./run.sh`; the paths of its',
    'commands, where they are others: `ETCD=`, `ETCDCTL=`; one without etcdctl or gateway borrows them: `TOOLS=name:tag`.',
    '',
    image,
    '',
    '| file | what it is |',
    '| --- | --- |',
    '| `expected.txt` | the findings of the run this was made from, a line each |',
    '| `steps.sh` | the exact command lines of etcd, curl, openssl and etcdctl; `functions.sh` has their words |',
    '| `certificates.sh` | how every certificate is made, by openssl alone |',
    '| `given/`, `other/` | config files, the DNS zone and what else a process reads; made by `certificates.sh` where that is all |',
    '| `compose.yaml` | the same processes, to look around in them |',
    '',
    '## What to expect',
    '',
    fence(script.expected.join('\n')),
    '',
    'The steps that show it:',
    '',
    fence(script.steps.join('\n').trim(), 'sh'),
    '',
  ].join('\n')
}

const declared = ({ declared: one }: CellResult): string =>
  one === undefined ? '' : `, a known deviation of ${code(one.builds)}: ${prose(one.why.replace(/\.$/, ''))}`

function observed({ probe, control, without }: CellResult): string[] {
  const rows = Object.entries({ 'the probe': probe, 'the control': control, 'without the guard': without })
  return rows.flatMap(([name, seen]) =>
    seen === undefined ? [] : [`- ${name}: ${code(describe(seen as Observation))}`],
  )
}

/** Text of others as plain text of Markdown. */
const prose = (text: string): string => oneLine(text).replaceAll(/[\\`*_{}[\]<>#|~]/g, (sign) => `\\${sign}`)
const code = (text: string): string => `\`${oneLine(text).replaceAll('`', "'")}\``

/** A block with a fence that is longer than any in the text. */
function fence(text: string, language = ''): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const ticks = '`'.repeat(longest + 1)
  return `${ticks}${language}\n${text}\n${ticks}`
}
