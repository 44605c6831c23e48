import type { EventEmitter } from 'node:events'
import type { Watch } from './watch.ts'

/**
 * Waits for one of `events` of a socket: true when it came. False when the socket failed, ended or closed first,
 * or when the time of the probe was over (`watch` then says `limit`, naming `what`); the socket is destroyed then.
 */
export function first(
  socket: EventEmitter & { destroy(): unknown },
  events: readonly string[],
  watch: Watch,
  what: string,
): Promise<boolean> {
  return new Promise((resolve) => {
    const done = (came: boolean) => {
      clearTimeout(timer)
      for (const event of events) socket.off(event, hit)
      for (const event of ends) socket.off(event, miss)
      if (!came) socket.destroy()
      resolve(came)
    }
    const hit = () => done(true)
    const miss = () => done(false)
    const timer = setTimeout(() => {
      watch.expire(what)
      miss()
    }, watch.left())
    for (const event of events) socket.once(event, hit)
    for (const event of ends) socket.once(event, miss)
  })
}

/** Every error and end of a socket comes to this, after `watch` noted it. */
const ends = ['close']
