import { connect, type Socket } from 'node:net'
import { first } from './first.ts'
import type { Watch } from './watch.ts'

/** A fresh TCP connection, or undefined with the reason in `watch`. Never throws for the other side. */
export async function dial(address: string, port: number, watch: Watch): Promise<Socket | undefined> {
  const socket = connect({ host: address, port, noDelay: true })
  watch.follow(socket)
  if (!(await first(socket, ['connect'], watch, 'the TCP connection'))) return undefined
  watch.connectedBy(socket)
  return socket
}
