import type { Listener } from '../scenario/probe.ts'
import type { ProbeContext, RunningMember } from '../world/running.ts'

/** Where a probe goes. */
export interface Target {
  readonly member: RunningMember
  readonly address: string
  readonly port: number
  /** The name that the member goes by; where it has none of its own, `m1.etcd.local`. */
  readonly name: string
}

/** Errors: HarnessError `unknown-member`. */
export function targetOf(to: string, context: ProbeContext, listener: Listener = 'client'): Target {
  const member = context.member(to)
  const port = listener === 'peer' ? member.peerPort : member.clientPort
  return { member, address: member.address, port, name: member.host ?? `${to}.etcd.local` }
}

/** Where the connection comes from, where that is not this host. */
export const fromInWords = ({ from }: { readonly from?: string }): string =>
  from === undefined ? '' : ` from ${from}`

/** SNI and the name to verify: the spec's, `undefined` means the member's name, null none. */
export function serverNameOf(
  asked: string | null | undefined,
  target: Pick<Target, 'name'>,
  context: Pick<ProbeContext, 'resolve'>,
): string | null {
  if (asked === undefined) return target.name
  return asked === null ? null : context.resolve(asked)
}
