import { answered, engineClient } from '../engine/client.ts'
import type { TlsVersion } from '../scenario/probe.ts'
import { describeSubject, type Described } from './describe.ts'
import { parseSubject, parseSubjects, type Asked } from './parse.ts'
import type { Arrived, Road, Surroundings } from './road.ts'
import { bentRoad } from './roads/bent.ts'
import { binaryRoad } from './roads/binary.ts'
import { debianRoad } from './roads/debian.ts'
import { imageRoad } from './roads/image.ts'
import { liarRoad } from './roads/liar.ts'
import { moduleRoad } from './roads/module.ts'
import { releaseRoad } from './roads/release.ts'
import type { Subject } from './subject.ts'

export interface Preparing {
  readonly runId: string
  readonly signal: AbortSignal
  /** One line for the person who waits: `3.6.16: building from its module with go1.26.10`. */
  readonly onProgress: (text: string) => void
  /** A subject is ready; name and milliseconds it took. */
  readonly onPrepared?: (subject: string, milliseconds: number) => void
  /** Starts the build and finds out which TLS versions its client listener speaks. */
  readonly measureTls: (described: Described) => Promise<readonly TlsVersion[]>
}

const roads: { readonly [R in Asked['road']]: Road<R> } = {
  release: releaseRoad,
  module: moduleRoad,
  image: imageRoad,
  debian: debianRoad,
  binary: binaryRoad,
  liar: liarRoad,
  bent: bentRoad,
}

/**
 * Brings the build that was asked for into the engine and describes it by asking the build itself.
 * Errors: those of `parseSubject` (before the engine is asked), HarnessError `no-engine`, those of the roads and of
 * `describeSubject`; the reason of the signal. An image made for a build that turns out not to be etcd goes again.
 */
export async function prepareSubject(asked: string, preparing: Preparing): Promise<Subject> {
  const parsed = parseSubject(asked)
  return prepare(parsed, await surroundingsOf(preparing), preparing)
}

/**
 * The same for several; sets are spread out, and what resolves to the same build is prepared once. One after the
 * other: a build uses every core.
 */
export async function prepareSubjects(asked: readonly string[], preparing: Preparing): Promise<Subject[]> {
  const parsed = parseSubjects(asked)
  const surroundings = await surroundingsOf(preparing)
  const subjects = new Map<string, Subject>()
  for (const one of parsed) {
    const began = performance.now()
    const subject = await prepare(one, surroundings, preparing)
    preparing.onPrepared?.(subject.name, performance.now() - began)
    if (!subjects.has(subject.name)) subjects.set(subject.name, subject)
  }
  return [...subjects.values()]
}

/** What roads and tools may use. Errors: HarnessError `no-engine`; the reason of the signal. */
export async function surroundingsOf({
  runId,
  signal,
  onProgress,
}: Pick<Preparing, 'runId' | 'signal' | 'onProgress'>): Promise<Surroundings> {
  signal.throwIfAborted()
  const engine = await engineClient()
  const { Arch: arch } = await answered('its version', engine.container.dockerode.version())
  return { engine, arch, runId, signal, onProgress }
}

async function prepare(
  asked: Asked,
  surroundings: Surroundings,
  { measureTls }: Preparing,
): Promise<Subject> {
  surroundings.signal.throwIfAborted()
  const arrived = await travel(asked, surroundings)
  const described = await describeOrRemove(asked.asked, arrived, surroundings)
  return { ...described, tls: await measureTls(described) }
}

/** The table's type says that each road takes its own kind; TypeScript cannot follow that through an index. */
const travel = (asked: Asked, surroundings: Surroundings): Promise<Arrived> =>
  (roads[asked.road] as Road<Asked['road']>)(asked, surroundings)

async function describeOrRemove(
  asked: string,
  arrived: Arrived,
  surroundings: Surroundings,
): Promise<Described> {
  try {
    return await describeSubject(asked, arrived, surroundings)
  } catch (error) {
    if (arrived.fresh) {
      const image = surroundings.engine.container.dockerode.getImage(arrived.reference)
      await image.remove().catch(() => undefined)
    }
    throw error
  }
}
