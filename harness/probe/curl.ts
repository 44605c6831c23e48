import { execa } from 'execa'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { HarnessError } from '../errors.ts'
import type { CurlProbe } from '../scenario/probe.ts'
import type { ProbeContext } from '../world/running.ts'
import { commandLine } from './arguments.ts'
import { grep, keptBody } from './body.ts'
import { clientKilled } from './client-killed.ts'
import { closeOf, readCurl, writeOut, type CurlSaid } from './curl-output.ts'
import type { Observation, SeenHttp } from './observation.ts'
import { line } from './shell.ts'
import { targetOf, type Target } from './target.ts'
import { withFolder, writeFiles } from './temporary.ts'
import { nobody } from './trust-store.ts'

const storeName = 'trust-store.pem'

/** Characters kept of each output stream. */
export const keptOutput = 16384
/** Characters read at most of each; curl is ended beyond. */
const readAtMost = 4 * 1024 * 1024

/**
 * The real curl of this host, with the arguments as typed. Only the files of the probe decide: no ~/.curlrc, no
 * proxy, and a trust store of its own instead of the host's.
 * Errors: HarnessError `no-curl`, `curl-without-openssl`, `client-killed`.
 */
export async function curl(spec: CurlProbe, context: ProbeContext): Promise<Observation> {
  const target = targetOf(spec.to, context)
  await openSslCurl()
  return withFolder(async (folder) => {
    const command = await commandLine(spec.args, context, folder)
    const system = spec.trustStore && { SSL_CERT_FILE: join(folder, storeName) }
    const store = spec.trustStore ? await context.pem(spec.trustStore) : nobody
    await writeFiles(folder, [...command.files, { name: storeName, text: store }])
    await mkdir(join(folder, 'empty'))
    const at = new Date()
    const started = performance.now()
    const ran = await run(
      [
        ...own(target, context.limit),
        ...(system ? [] : trustingNobody(command.words, folder)),
        ...command.words,
      ],
      { HOME: folder, ...system },
    )
    const milliseconds = Math.round(performance.now() - started)
    // An answer without end is the server's doing, which is ended here.
    if (ran.signal !== undefined && !ran.isMaxBuffer) throw clientKilled('curl', ran.signal)
    const said = readCurl(ran.stderr)
    const exit = ran.exitCode ?? null
    const stdout = grep(ran.stdout, spec.lines)
    const answer = answerOf(said, stdout)
    const trusting = spec.trustStore ? `SSL_CERT_FILE=${storeName} ` : ''
    return {
      probe: line(['curl', ...command.shown]),
      at: at.toISOString(),
      milliseconds,
      to: `${target.address}:${target.port}`,
      connected: said.connected,
      answered: said.answered || stdout !== '',
      ...(said.localPort === undefined ? {} : { localPort: said.localPort }),
      ...(said.tls ? { tls: said.tls } : {}),
      ...(said.alert ? { alert: said.alert } : {}),
      ...(answer ? { http: answer } : {}),
      command: {
        exit,
        stdout: stdout.slice(0, keptOutput),
        stderr: said.stderr.replaceAll(`${folder}/`, '').slice(0, keptOutput),
      },
      closed: { how: closeOf(exit, said), after: milliseconds },
      ...(exit === 0
        ? {}
        : { error: said.error ?? { code: `curl ${exit ?? 'ended'}`, message: ran.shortMessage ?? '' } }),
      byHand: [trusting + line(['curl', '-v', ...command.shown])],
      log: [],
    }
  })
}

/** The options that the probe adds; they do not change what goes over the wire. */
function own({ name, address, port }: Target, limit: number): string[] {
  return [
    ...['-q', '-sS', '-v', '--noproxy', '*', '--max-time', String(limit / 1000)],
    ...['--resolve', `${name}:${port}:${address}`, '-w', writeOut],
  ]
}

/**
 * Keeps the host's own trust store out. By options, because SSL_CERT_FILE leaves the host's folder in place; a trust
 * store that a claim asks for is given by that variable all the same: the claim is that no option is needed.
 */
function trustingNobody(words: readonly string[], folder: string): string[] {
  const trusts = words.includes('--cacert') || words.includes('--capath')
  return [
    ...(words.includes('--capath') ? [] : ['--capath', join(folder, 'empty')]),
    ...(trusts ? [] : ['--cacert', join(folder, storeName)]),
  ]
}

function run(words: readonly string[], environment: Readonly<Record<string, string>>) {
  return execa('curl', words, {
    reject: false,
    stdin: 'ignore',
    stripFinalNewline: false,
    maxBuffer: readAtMost,
    extendEnv: false,
    // A Ctrl-C of the terminal goes to the whole group; it is the run that it ends, not what is seen.
    detached: true,
    env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', ...environment },
  })
}

const answerOf = (said: CurlSaid, stdout: string): SeenHttp | undefined =>
  said.status === undefined
    ? undefined
    : { status: said.status, headers: said.headers, body: stdout.slice(0, keptBody) }

let checked: Promise<void> | undefined

/** The handshake lines of -v come from curls that are built with OpenSSL; asked once per process. */
function openSslCurl(): Promise<void> {
  return (checked ??= checkCurl())
}

async function checkCurl(): Promise<void> {
  const { failed, stdout } = await execa('curl', ['-q', '--version'], { reject: false })
  if (failed) throw new HarnessError('no-curl', 'This host has no curl: install it (apt-get install curl).')
  if (!/OpenSSL|quictls/i.test(stdout))
    throw new HarnessError(
      'curl-without-openssl',
      `The curl probes read what OpenSSL's handshake prints; this curl is another: ${stdout.split('\n')[0]}.`,
    )
}
