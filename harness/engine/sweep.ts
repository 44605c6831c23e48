import { readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ContainerRuntimeClient } from 'testcontainers'
import { within } from '../within.ts'
import { engineClient, runLabel } from './client.ts'
import { forceAway } from './force-away.ts'
import { lifeOf, type Life } from './run-id.ts'

type Docker = ContainerRuntimeClient['container']['dockerode']

/** Which runs' things go: one run's, those of runs that are dead, or all. */
export type SweepScope = { readonly run: string } | 'dead' | 'all'

/** What was removed, by name. */
export interface Swept {
  readonly containers: readonly string[]
  readonly networks: readonly string[]
  readonly folders: readonly string[]
}

/**
 * The lease of a run on another host (or of an id that we did not make): as long as anything of it was created
 * within this time, by the engine's own clock, it counts as alive. A living run makes containers all the time.
 */
export const leaseMilliseconds = 60 * 60 * 1000

/** Milliseconds for all removals together. */
const sweepLimit = 90_000

/**
 * Removes what runs left in the engine and under the temporary folder.
 * Errors: HarnessError `no-engine`, `waited-too-long`.
 */
export async function sweep(scope: SweepScope): Promise<Swept> {
  const gone = within(sweepLimit, 'the engine to remove what runs left', sweepEngine(scope))
  const [engine, folders] = await Promise.all([gone, sweepFolders(scope)])
  return { ...engine, folders }
}

/** One thing with a run's label; `created` in milliseconds since the epoch. */
export interface Leftover {
  readonly run: string
  readonly created: number
}

/** The runs whose things may go. Pure. A run elsewhere is dead when its newest thing is older than the lease. */
export function doomed(
  things: readonly Leftover[],
  scope: SweepScope,
  now: number,
  life: (run: string) => Life = lifeOf,
): Set<string> {
  const newest = new Map<string, number>()
  for (const { run, created } of things) newest.set(run, Math.max(created, newest.get(run) ?? 0))
  const goes = ([run, last]: [string, number]): boolean => {
    if (scope === 'all') return true
    if (scope !== 'dead') return run === scope.run
    const state = life(run)
    return state === 'dead' || (state === 'elsewhere' && now - last > leaseMilliseconds)
  }
  return new Set([...newest].filter(goes).map(([run]) => run))
}

async function sweepEngine(scope: SweepScope): Promise<Omit<Swept, 'folders'>> {
  const docker = (await engineClient()).container.dockerode
  const filters = { label: [runLabel] }
  const [containers, networks, { Volumes: volumes }, info] = await Promise.all([
    docker.listContainers({ all: true, filters }),
    docker.listNetworks({ filters }),
    docker.listVolumes({ filters }),
    docker.info() as Promise<{ SystemTime?: string }>,
  ])
  const things = [
    ...containers.map((c) => ({ run: c.Labels[runLabel] ?? '', created: c.Created * 1000 })),
    ...networks.map((n) => ({ run: n.Labels?.[runLabel] ?? '', created: Date.parse(n.Created) })),
    ...volumes.map((v) => ({ run: v.Labels[runLabel] ?? '', created: createdAt(v) })),
  ]
  const runs = doomed(things, scope, Date.parse(info.SystemTime ?? new Date().toISOString()))
  const goneContainers = containers.filter((c) => runs.has(c.Labels[runLabel] ?? ''))
  const goneNetworks = networks.filter((n) => runs.has(n.Labels?.[runLabel] ?? ''))
  // One after the other: many that leave a network at once can lock Docker 20.10 up for good (DECISIONS.md).
  for (const { Id } of goneContainers) await removeContainer(docker, Id)
  const removed = await Promise.all(goneNetworks.map((n) => removeNetwork(docker, n.Id)))
  // They go with their containers, unless somebody took those away without them.
  for (const { Name, Labels } of volumes)
    if (runs.has(Labels[runLabel] ?? '')) await unlessGone(docker.getVolume(Name).remove())
  return {
    containers: goneContainers.map((c) => c.Names[0]?.slice(1) ?? c.Id),
    networks: goneNetworks.filter((_, n) => removed[n]).map((n) => n.Name),
  }
}

/** Milliseconds since the epoch; the types do not know the field. */
const createdAt = (volume: object): number =>
  Date.parse((volume as { CreatedAt?: string }).CreatedAt ?? '') || 0

async function removeContainer(docker: Docker, id: string): Promise<void> {
  const container = docker.getContainer(id)
  const underWay = await unlessGone(forceAway(container))
  // Its owner removes it just now; its network cannot go before it is gone.
  if (underWay) await unlessGone(container.wait({ condition: 'removed' }))
}

/**
 * False: the engine says that containers are on it, though all of them are gone. Docker 20.10 loses count of them now
 * and then until it is started again (seen with many containers removed at a time); each later sweep tries once more.
 */
async function removeNetwork(docker: Docker, id: string): Promise<boolean> {
  try {
    await unlessGone(docker.getNetwork(id).remove())
    return true
  } catch (error) {
    const { statusCode } = error as { statusCode?: number }
    if (statusCode === 403 && String(error).includes('has active endpoints')) return false
    throw error
  }
}

/** 404: somebody else was faster. 409: a removal is under way, which is answered with true. */
async function unlessGone(removal: Promise<unknown>): Promise<boolean> {
  try {
    await removal
    return false
  } catch (error) {
    const status = (error as { statusCode?: number }).statusCode
    const underWay = status === 409 && String(error).includes('already in progress')
    if (status !== 404 && !underWay) throw error
    return underWay
  }
}

const folderName = /^etcd-tls-(\d{8}-\d{6}-[0-9a-f]{8}-\d+-\d+-[0-9a-f]{4})(-|$)/

/** Removes `etcd-tls-<run id>-*` under the temporary folder. */
export async function sweepFolders(scope: SweepScope): Promise<string[]> {
  const found = await Promise.all((await namesIn(tmpdir())).map(folderOf))
  const folders = found.filter((folder) => folder !== undefined)
  const runs = doomed(folders, scope, Date.now())
  const gone = folders.filter(({ run }) => runs.has(run)).map(({ path }) => path)
  await Promise.all(gone.map((path) => rm(path, { recursive: true, force: true })))
  return gone
}

/** Where there is no temporary folder, nothing lies in it. */
const namesIn = (folder: string): Promise<string[]> =>
  readdir(folder).catch((cause: unknown) => {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw cause
  })

async function folderOf(name: string): Promise<(Leftover & { path: string }) | undefined> {
  const run = folderName.exec(name)?.[1]
  if (run === undefined) return undefined
  const path = join(tmpdir(), name)
  const created = (await stat(path).catch(() => undefined))?.mtimeMs
  return created === undefined ? undefined : { run, created, path }
}
