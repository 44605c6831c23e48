import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { HarnessError } from '../errors.ts'

/**
 * Does `work` while no other process of this machine does work under the same name. The lock is an abstract
 * Unix socket (unix(7), Linux): the kernel frees it when its holder dies, however it dies, and those who wait
 * hold a connection to it, whose end is the event they wait for.
 * Errors: HarnessError `locked` when the others take longer than `limit` milliseconds; what `work` throws.
 */
export async function withLock<T>(name: string, limit: number, work: () => Promise<T>): Promise<T> {
  const path = `\0etcd-tls/${name}`
  const late = AbortSignal.timeout(limit)
  for (;;) {
    const held = await take(path)
    if (held === undefined) {
      await holderGone(path, late)
      if (!late.aborted) continue
      throw new HarnessError(
        'locked',
        `Waited ${String(limit / 1000)} s for another process to finish: ${name}.`,
      )
    }
    try {
      return await work()
    } finally {
      held.release()
    }
  }
}

/** Undefined when another process holds it. */
async function take(path: string): Promise<{ release: () => void } | undefined> {
  const waiting = new Set<Socket>()
  const server: Server = createServer((socket) => {
    waiting.add(socket)
    socket.on('error', () => undefined).on('close', () => waiting.delete(socket))
  })
  server.listen(path)
  try {
    await once(server, 'listening')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return undefined
    throw error
  }
  const release = (): void => {
    server.close()
    for (const socket of waiting) socket.destroy()
  }
  return { release }
}

/** Resolves when the holder lets go, dies, or the time is up. */
async function holderGone(path: string, late: AbortSignal): Promise<void> {
  const socket = connect(path)
  try {
    const gone = new Promise<void>((resolve) => {
      socket
        .on('error', () => undefined)
        .on('close', () => {
          resolve()
        })
    })
    const timedOut = once(late, 'abort').catch(() => undefined)
    await Promise.race([gone, timedOut])
  } finally {
    socket.destroy()
  }
}
