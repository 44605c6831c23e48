import semver from 'semver'
import { HarnessError } from '../errors.ts'
import type { EtcdctlProbe } from '../scenario/probe.ts'
import type { ProbeContext } from '../world/running.ts'
import { killed } from '../world/soundness.ts'
import { commandLine } from './arguments.ts'
import { clientKilled } from './client-killed.ts'
import { keptOutput } from './curl.ts'
import type { Observation } from './observation.ts'
import { line } from './shell.ts'
import { targetOf } from './target.ts'

/** Where the files of the arguments are in the container. */
const folder = '/etcd-tls'

/**
 * The subject's own etcdctl, in a container beside the members. Its connection is not ours: an address, but no port and no alert.
 * Errors: HarnessError `no-etcdctl`, `client-killed`.
 */
export async function etcdctl(spec: EtcdctlProbe, context: ProbeContext): Promise<Observation> {
  const target = targetOf(spec.to, context)
  const program = context.subject.commands.etcdctl
  if (program === undefined)
    throw new HarnessError(
      'no-etcdctl',
      `${context.subject.name} comes without etcdctl, which this probe needs.`,
    )
  const command = await commandLine(spec.args, context, folder)
  const files: Record<string, string> = {}
  for (const { name, text } of command.files) files[`${folder}/${name}`] = text
  for (const [path, ref] of Object.entries(spec.files ?? {})) files[path] = await context.pem(ref)
  const environment = { ...api(context.subject.etcd), ...spec.environment }
  const at = new Date()
  const started = performance.now()
  const { exit, stdout, stderr, address } = await context.runBeside([program, ...command.words], {
    files,
    environment,
  })
  if (exit === killed) throw clientKilled('etcdctl', 'SIGKILL')
  const variables = Object.entries(environment).map(([name, value]) => `${name}=${line([value])}`)
  const error = stderr.trim().split('\n').at(-1) ?? ''
  return {
    probe: line(['etcdctl', ...command.shown]),
    at: at.toISOString(),
    milliseconds: Math.round(performance.now() - started),
    to: `${target.address}:${target.port}`,
    // What is known of a connection that another process made: it spoke to etcd when the command succeeded.
    connected: exit === 0,
    answered: exit === 0,
    localAddress: address,
    command: { exit, stdout: stdout.slice(0, keptOutput), stderr: stderr.slice(0, keptOutput) },
    ...(exit === 0 ? {} : { error: { code: `etcdctl ${exit ?? 'ended'}`, message: error.slice(0, 1024) } }),
    byHand: [[...variables, line(['etcdctl', ...command.shown])].join(' ')],
    log: [],
  }
}

/** Before 3.4.0 etcdctl speaks the v2 API unless it is told; from 3.6.0 on it warns of the variable. */
const api = (etcd: string): Record<string, string> => (semver.lt(etcd, '3.4.0') ? { ETCDCTL_API: '3' } : {})
