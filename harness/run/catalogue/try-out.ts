import { extname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { firstLine, framePlace, type FailedLoad } from '../place/failed-load.ts'

/** Milliseconds that a file may take to load. */
const patience = 20_000

const worker = join(import.meta.dirname, `try-out-worker${extname(import.meta.filename)}`)

/**
 * Loads a stranger's module in a thread of its own: one that never ends its loading, or ends the process, would take the
 * command along, and its exit status would be no verdict.
 * @param file absolute @returns why it cannot be loaded here; undefined where it can, also by throwing
 */
export function tryOut(file: string, limit = patience): Promise<FailedLoad | undefined> {
  const thread = new Worker(worker, { workerData: pathToFileURL(file).href, stdout: true, stderr: true })
  const { promise, resolve } = Promise.withResolvers<FailedLoad | undefined>()
  const seconds = String(limit / 1000)
  const timer = setTimeout(() => {
    resolve({ what: `it does not end its loading within ${seconds} s.` })
  }, limit)
  thread.once('message', () => {
    resolve(undefined)
  })
  thread.once('error', (error: unknown) => {
    const place = framePlace(error)
    resolve({ what: `it fails beside its loading: ${firstLine(error)}`, ...(place && { place }) })
  })
  thread.once('exit', (code) => {
    // Node's number for an `await` that nothing can end any more.
    const what =
      code === 13 ? 'it waits for what never comes' : `it ends the process, with status ${String(code)}`
    resolve({ what: `${what}; a scenario file only declares.` })
  })
  return promise.finally(async () => {
    clearTimeout(timer)
    await thread.terminate()
  })
}
