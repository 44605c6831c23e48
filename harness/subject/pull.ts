import { followProgress } from './progress-stream.ts'
import type { Surroundings } from './road.ts'

/** What came of a pull. `absent`: the registry answered and has no such image. */
export type Pulled =
  { readonly result: 'pulled' } | { readonly result: 'absent' | 'silent'; readonly reason: string }

/** A registry that is there answers at once; one that is not must not hold up the run. Milliseconds. */
const limits = { answer: 10_000, idle: 60_000 }

/** Registries that did not answer this process; they are asked once. */
const silent = new Map<string, string>()

const registryOf = (reference: string): string => reference.split('/')[0] ?? reference

/** Whether the registry of an image has been asked in this process and did not answer, so that it is not asked again. */
export const isSilent = (reference: string): boolean => silent.has(registryOf(reference))

/** Pulls an image without credentials. Errors: only the reason of the signal. */
export async function pull(reference: string, { engine, signal }: Surroundings): Promise<Pulled> {
  const registry = registryOf(reference)
  const known = silent.get(registry)
  if (known !== undefined) return { result: 'silent', reason: known }
  const dial = new AbortController()
  const timer = setTimeout(() => dial.abort(), limits.answer)
  try {
    const abortSignal = AbortSignal.any([signal, dial.signal])
    const stream = await engine.container.dockerode.pull(reference, {
      abortSignal,
    })
    clearTimeout(timer)
    await followProgress(stream, signal, limits)
    return { result: 'pulled' }
  } catch (error) {
    signal.throwIfAborted()
    const reason = dial.signal.aborted ? `no answer for ${String(limits.answer / 1000)} s` : reasonOf(error)
    if (isAbsent(reason)) return { result: 'absent', reason }
    silent.set(registry, reason)
    return { result: 'silent', reason }
  } finally {
    clearTimeout(timer)
  }
}

/** Words of the registries, as the engines hand them on, for a tag or a repository that is not there. */
const isAbsent = (reason: string): boolean =>
  /manifest.*(unknown|not found)|not found: |name unknown|access.*denied|unauthorized/i.test(reason)

/** docker-modem puts the engine's answer into `json.message`. */
function reasonOf(error: unknown): string {
  const said = (error as { json?: { message?: string } }).json?.message
  return said ?? (error instanceof Error ? error.message : String(error))
}
