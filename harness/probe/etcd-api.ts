import { loadPackageDefinition, type ChannelOptions, type MethodDefinition } from '@grpc/grpc-js'
import { loadSync } from '@grpc/proto-loader'
import { join } from 'node:path'
import type { GrpcCall } from '../scenario/probe.ts'

type Method = MethodDefinition<object, object>

/** The calls of probes, and the stream that a held watch is. */
type Call = GrpcCall | 'watch'

const methods: Readonly<Record<Call, readonly [service: string, method: string]>> = {
  put: ['KV', 'Put'],
  range: ['KV', 'Range'],
  status: ['Maintenance', 'Status'],
  authenticate: ['Auth', 'Authenticate'],
  authEnable: ['Auth', 'AuthEnable'],
  memberAdd: ['Cluster', 'MemberAdd'],
  memberList: ['Cluster', 'MemberList'],
  memberRemove: ['Cluster', 'MemberRemove'],
  userAdd: ['Auth', 'UserAdd'],
  userGrantRole: ['Auth', 'UserGrantRole'],
  roleAdd: ['Auth', 'RoleAdd'],
  roleGrantPermission: ['Auth', 'RoleGrantPermission'],
  watch: ['Watch', 'Watch'],
}

let loaded: Record<string, Record<string, Method>> | undefined

/** The call as grpc-js makes it; read once from etcd.proto beside this file. */
export function methodOf(call: Call): Method {
  loaded ??= load()
  const [service, name] = methods[call]
  const method = loaded[service]?.[name]
  if (method === undefined) throw new Error(`etcd.proto has no ${service}.${name}`)
  return method
}

function load(): Record<string, Record<string, Method>> {
  const definition = loadSync(join(import.meta.dirname, 'etcd.proto'), {
    keepCase: true,
    longs: String,
    enums: String,
  })
  const root = loadPackageDefinition(definition)['etcdserverpb'] as unknown as Record<string, ServiceClient>
  const services = Object.entries(root).filter(([, value]) => typeof value === 'function')
  return Object.fromEntries(services.map(([name, client]) => [name, client.service]))
}

interface ServiceClient {
  readonly service: Record<string, Method>
}

/** Turns the texts of a request into the bytes that the fields named here are on the wire. */
export function encoded(request: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(
    Object.entries(request).map(([field, value]) => {
      if (typeof value === 'string' && byteFields.has(field)) return [field, Buffer.from(value)]
      if (typeof value === 'object' && value !== null && !Array.isArray(value) && !Buffer.isBuffer(value))
        return [field, encoded(value as Record<string, unknown>)]
      return [field, value]
    }),
  )
}

const byteFields = new Set(['key', 'value', 'range_end'])

/** JSON of a response with bytes as text. A token is left out: an observation holds nothing secret. */
export const shown = (response: object): string =>
  JSON.stringify(response, function (this: Record<string, unknown>, field, value: unknown) {
    // JSON.stringify calls Buffer's toJSON first; the holder still has the bytes.
    const bytes = this[field]
    if (Buffer.isBuffer(bytes)) return bytes.toString()
    return field === 'token' && value !== '' ? '<token>' : value
  })

/** A channel that dials once, keeps nothing and tries nothing again. */
export const channelOptions = (authority: string, limit: number): ChannelOptions => ({
  'grpc.default_authority': authority,
  'grpc.enable_retries': 0,
  'grpc.enable_http_proxy': 0,
  'grpc.use_local_subchannel_pool': 1,
  'grpc.service_config_disable_resolution': 1,
  'grpc.enable_channelz': 0,
  'grpc.initial_reconnect_backoff_ms': 4 * limit,
  'grpc.max_reconnect_backoff_ms': 4 * limit,
  'grpc.max_receive_message_length': 1024 * 1024,
  // Megabytes one session may hold of what a server sends.
  'grpc-node.max_session_memory': 16,
})
