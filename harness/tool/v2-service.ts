import { HarnessError } from '../errors.ts'
import { releases } from '../../fixtures/releases.ts'
import { releaseRoad } from '../subject/roads/release.ts'
import type { Surroundings } from '../subject/road.ts'

/** The newest release of the last line that has the v2 API (`--enable-v2`, removed in 3.6.0). */
export const v2Release =
  releases.findLast(({ line, obtainable }) => line === '3.5' && obtainable)?.version ?? '3.5.35'

/**
 * An etcd with the v2 API in the engine: a discovery service for subjects without it, made like a subject.
 * @returns reference of the image; `etcd` and `etcdctl` are on its PATH.
 * Errors: HarnessError `no-v2-service` (exit 3); the reason of the signal.
 */
export async function v2ServiceImage(surroundings: Surroundings): Promise<string> {
  try {
    const asked = { road: 'release', asked: `etcd ${v2Release} as v2 service`, version: v2Release } as const
    return (await releaseRoad(asked, surroundings)).reference
  } catch (cause) {
    if (!(cause instanceof HarnessError)) throw cause
    throw new HarnessError(
      'no-v2-service',
      `Discovery needs an etcd with the v2 API, which this subject has not: ${cause.message}`,
      { cause },
    )
  }
}
