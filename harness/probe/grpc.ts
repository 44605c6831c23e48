import { Client, Metadata, status, type ServiceError } from '@grpc/grpc-js'
import { HarnessError } from '../errors.ts'
import type { GrpcProbe } from '../scenario/probe.ts'
import type { ProbeContext } from '../world/running.ts'
import { grpcByHand } from './by-hand.ts'
import { readyTls } from './client-tls.ts'
import { channelOptions, encoded, methodOf, shown } from './etcd-api.ts'
import { keptBody } from './body.ts'
import type { Observation, SeenGrpc } from './observation.ts'
import { report } from './report.ts'
import { SettledCredentials } from './settled-credentials.ts'
import { tlsInWords } from './in-words.ts'
import { targetOf } from './target.ts'
import { Watch } from './watch.ts'

/** One gRPC call (with `user` two: Authenticate first) over one connection; nothing is tried again. */
export async function grpc(spec: GrpcProbe, context: ProbeContext): Promise<Observation> {
  const target = targetOf(spec.to, context)
  const ready = spec.scheme === 'https' ? await readyTls(spec.tls, target, context, 'h2') : undefined
  const authority =
    spec.authority === undefined ? `${target.name}:${target.port}` : context.resolve(spec.authority)
  const at = new Date()
  const watch = new Watch(context.limit)
  const credentials = new SettledCredentials(ready, target.address, watch)
  const client = new Client(
    `ipv4:${target.address}:${target.port}`,
    credentials,
    channelOptions(authority, context.limit),
  )
  const seen = await converse(client, spec, context, watch)
  finish(seen, watch)
  client.close()
  await credentials.close()
  if (credentials.failure instanceof HarnessError) throw credentials.failure
  return report(watch, {
    probe: `gRPC ${spec.call} to ${spec.scheme}://${spec.to} as ${authority}${tlsInWords(spec.scheme, spec.tls)}`,
    at,
    target,
    grpc: seen,
    byHand: grpcByHand(spec, target, context),
  })
}

interface Answer {
  readonly seen: SeenGrpc
  readonly token?: string
}

async function converse(
  client: Client,
  spec: GrpcProbe,
  context: ProbeContext,
  watch: Watch,
): Promise<SeenGrpc> {
  const metadata = new Metadata()
  if (spec.user) {
    const { seen, token } = await call(client, 'authenticate', spec.user, metadata, watch)
    if (token === undefined) return seen
    metadata.set('token', token)
  }
  return (await call(client, spec.call, resolved(spec.request ?? {}, context), metadata, watch)).seen
}

function call(
  client: Client,
  name: GrpcProbe['call'],
  request: Readonly<Record<string, unknown>>,
  metadata: Metadata,
  watch: Watch,
): Promise<Answer> {
  const method = methodOf(name)
  return new Promise((resolve) => {
    client.makeUnaryRequest(
      method.path,
      method.requestSerialize,
      method.responseDeserialize,
      encoded(request),
      metadata,
      { deadline: Date.now() + watch.left() },
      (error, response) => resolve(error ? refused(error) : answered(response ?? {})),
    )
  })
}

function answered(response: object): Answer {
  const token = 'token' in response ? String(response.token) : undefined
  const seen = { code: 'OK', details: '', response: shown(response).slice(0, keptBody) }
  return { seen, ...(token === undefined ? {} : { token }) }
}

const refused = (error: ServiceError): Answer => ({
  seen: { code: codeName(error.code), details: stable(error.details).slice(0, keptBody) },
})

/** A hostile server may send a number that has no name. */
const codeName = (code: number): string =>
  (status as unknown as Record<number, string | undefined>)[code] ?? String(code)

/** grpc-js adds the time of the failure to what it says of a connection, and an empty note. */
const stable = (details: string): string =>
  details.replace(/ \(\d{4}-\d\d-\d\dT[\d:.]+Z\)/, '').replace(/\.? Resolution note: $/, '')

/** What the call says about a connection that the sockets did not tell of. */
function finish(seen: SeenGrpc, watch: Watch): void {
  if (seen.code !== 'OK') watch.error ??= { code: seen.code, message: seen.details || seen.code }
  if (seen.code === 'DEADLINE_EXCEEDED') watch.end('limit')
  if (!watch.connected && seen.details.includes('ECONNREFUSED')) watch.end('refused')
  watch.end('ours')
}

function resolved(
  request: Readonly<Record<string, unknown>>,
  context: ProbeContext,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(request).map(([field, value]) => [
      field,
      typeof value === 'string' ? context.resolve(value) : value,
    ]),
  )
}
