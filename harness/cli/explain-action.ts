import { isIP } from 'node:net'
import { X509Certificate } from 'node:crypto'
import type { TlsVersion } from '../../fixtures/tls.ts'
import { newestStable } from '../../fixtures/releases.ts'
import { inputError } from '../errors.ts'
import type { Certificate } from '../explain/certificate.ts'
import { explain } from '../explain/explain.ts'
import type { Explanation } from '../explain/explanation.ts'
import { readCertificates, readRecords, readRevokedFile } from '../explain/files.ts'
import { parseFlags } from '../explain/flags.ts'
import type { Question } from '../explain/question.ts'
import { resolverOf, type DnsRecord } from '../explain/resolver.ts'
import { words } from '../explain/words.ts'
import type { Proof } from '../prove/prove.ts'
import { parseSubjects, type Asked } from '../subject/parse.ts'
import { consoleOptions } from './console-options.ts'
import { expectedBuild } from './expected-build.ts'
import { explanationText, proofText } from './explain-text.ts'

export interface ExplainOptions {
  readonly cert?: string
  readonly ca?: string
  readonly clientCa?: string
  readonly server?: string
  readonly options?: string
  readonly to?: string
  readonly peerFrom?: string
  readonly peerHost?: string
  readonly resolv?: readonly string[]
  readonly tls?: TlsVersion
  readonly etcd?: string
  readonly prove?: true
  readonly json?: true
}

const exits: Readonly<Record<Explanation['verdict'], number>> = { accepted: 0, refused: 1, 'cannot tell': 3 }

/** Errors: HarnessError, with exit 2 for what the user can mend. @returns the exit status. */
export async function explainAction(options: ExplainOptions): Promise<number> {
  checkOptions(options)
  const asked = releaseOf(options.etcd)
  const records = await readRecords(options.resolv ?? [])
  const question = await questionOf(options, asked, records)
  const explanation = explain(question)
  const exit = exits[explanation.verdict]
  if (options.prove !== true) {
    write(options, question, explanation, exit)
    return exit
  }
  const { proveNow } = await import('./explain-prove.ts')
  // People read what is said while it is being shown; programs get both as one.
  if (options.json !== true) write(options, question, explanation, exit)
  return proveNow({ asked, question, explanation, records }, exit, (proof) => {
    if (options.json === true) write(options, question, explanation, exit, proof)
    else process.stdout.write(`\n${proofText(proof, consoleOptions())}`)
  })
}

function write(
  options: ExplainOptions,
  question: Question,
  explanation: Explanation,
  exit: number,
  proof?: Proof,
): void {
  const certificates = certificatesOf(options, question)
  const text =
    options.json === true
      ? `${JSON.stringify({ ...explanation, exit, certificates, ...(proof && { proof }) }, null, 2)}\n`
      : explanationText(explanation, consoleOptions())
  process.stdout.write(text)
}

function checkOptions({ cert, server, peerFrom, peerHost, to }: ExplainOptions): void {
  if (cert === undefined && server === undefined)
    throw inputError(
      'nothing-to-explain',
      'Give a certificate: --cert of who connects, --server of etcd, or both.',
    )
  if (peerFrom !== undefined && isIP(peerFrom) === 0)
    throw inputError('no-address', `--peer-from ${peerFrom} is no address; write it as 10.0.0.2.`)
  if (peerHost !== undefined && peerFrom === undefined)
    throw inputError('no-peer', '--peer-host goes with --peer-from, the address that the member dials from.')
  if (to !== undefined && (/[\s/]/.test(to) || to === '' || /^([^:]*|\[.*\]):\d*$/.test(to)))
    throw inputError(
      'no-host',
      `--to ${JSON.stringify(to)} is no host; write the name or address alone, without https:// and without a port.`,
    )
}

/** Errors: those of `parseSubjects`; `one-subject`, `not-a-release` (exit 2). */
function releaseOf(etcd: string = newestStable().version): Asked {
  const [asked, ...more] = parseSubjects([etcd])
  if (asked === undefined || more.length > 0)
    throw inputError('one-subject', `--etcd ${etcd} stands for several builds; name one.`)
  if (asked.road !== 'release' && asked.road !== 'module')
    throw inputError(
      'not-a-release',
      `--etcd ${etcd}: explain knows releases only, as 3.6.16 or 3.5.8+go1.19.13.`,
    )
  return asked
}

async function questionOf(
  options: ExplainOptions,
  asked: Asked,
  records: readonly DnsRecord[],
): Promise<Question> {
  const { etcd, go, line } = expectedBuild(asked)
  const files = { cert: options.cert, ca: options.ca, clientCa: options.clientCa, server: options.server }
  const names = { cert: '--cert', ca: '--ca', clientCa: '--client-ca', server: '--server' } as const
  const read = await Promise.all(
    Object.entries(files).map(async ([name, file]) =>
      file === undefined
        ? []
        : [[name, await readCertificates(names[name as keyof typeof names], file)] as const],
    ),
  )
  const revoked = await revokedOf(options, etcd)
  return {
    build: { etcd, go, ...(line && { line }) },
    now: new Date(),
    ...(Object.fromEntries(read.flat()) as Pick<Question, keyof typeof files>),
    ...(options.options === undefined ? {} : { options: options.options }),
    ...(options.to === undefined ? {} : { to: options.to }),
    ...(options.tls === undefined ? {} : { tls: options.tls }),
    ...(options.peerFrom === undefined
      ? {}
      : {
          peer: {
            from: options.peerFrom,
            ...(options.peerHost === undefined ? {} : { host: options.peerHost }),
          },
        }),
    ...(options.resolv === undefined ? {} : { resolver: resolverOf(records) }),
    ...(revoked === undefined ? {} : { revoked }),
  }
}

/** The list that the options name, if it lies here. */
async function revokedOf({ options = '', peerFrom }: ExplainOptions, etcd: string) {
  const option = peerFrom === undefined ? 'client-crl-file' : 'peer-crl-file'
  const file = parseFlags(words(options), etcd).values[option]
  return file ? readRevokedFile(`--${option}`, file) : undefined
}

/** Public data of what was read, for programs. */
function certificatesOf(options: ExplainOptions, question: Question) {
  const of = (option: 'cert' | 'ca' | 'clientCa' | 'server') =>
    (question[option] ?? []).map((one) => ({ option, file: options[option], ...shown(one) }))
  return [...of('cert'), ...of('server'), ...of('ca'), ...of('clientCa')]
}

const shown = ({
  der,
  subjectText,
  issuerText,
  serial,
  notBefore,
  notAfter,
  dns,
  addresses,
}: Certificate) => ({
  subject: subjectText,
  issuer: issuerText,
  serial: serial.toString('hex'),
  notBefore: notBefore.toISOString(),
  notAfter: notAfter.toISOString(),
  names: [...dns, ...addresses],
  fingerprint: new X509Certificate(der).fingerprint256,
})
