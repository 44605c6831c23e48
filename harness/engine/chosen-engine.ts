import { homedir } from 'node:os'
import { join } from 'node:path'
import { readText } from './machine.ts'

/** The engine that the person chose, in the places where testcontainers looks for a choice. */
export function chosenEngine(): string | undefined {
  const properties = readText(join(homedir(), '.testcontainers.properties')) ?? ''
  const property = /^\s*(?:tc|docker)\.host\s*[=:]\s*(\S+)/m.exec(properties)?.[1]
  return process.env['DOCKER_HOST'] ?? property
}

/** Where a client of the engine speaks to it, as in DOCKER_HOST. */
export function addressOf({ modem }: { readonly modem: unknown }): string {
  const { socketPath, protocol, host, port } = modem as {
    socketPath?: string
    protocol?: string
    host?: string
    port?: number | string
  }
  if (socketPath !== undefined) return `unix://${socketPath}`
  return `${protocol ?? 'tcp'}://${host ?? '?'}:${String(port ?? '?')}`
}

const isSocket = (address: string): boolean => address.startsWith('unix:')

/**
 * Whether an engine is not the one that was chosen: where that does not answer testcontainers goes on to the usual
 * sockets (getContainerRuntimeClient), without a word. Pure.
 */
export const isAnother = (address: string, chosen: string | undefined): boolean =>
  chosen !== undefined && isSocket(address) && address !== chosen
