import { buildGo, findRelease } from '../../fixtures/releases.ts'
import type { TlsVersion } from '../../fixtures/tls.ts'
import { tlsOffered } from '../../fixtures/tls-offered.ts'
import { inputError } from '../errors.ts'
import type { Asked } from '../subject/parse.ts'

/** What a release will be before it is there, by the tables. A run asks the build itself. */
export interface ExpectedBuild {
  readonly asked: string
  readonly etcd: string
  readonly go: string
  readonly tls: readonly TlsVersion[]
  /** The `go` line of its go.mod, where that is known. */
  readonly line?: string
}

/** Errors: `not-a-release` (exit 2) for a build that only its start can describe. */
export function expectedBuild(asked: Asked): ExpectedBuild {
  const release = 'version' in asked ? findRelease(asked.version) : undefined
  if (release === undefined)
    throw inputError(
      'not-a-release',
      `--etcd ${asked.asked}: only a run can tell what this build is; name a release of the table, as 3.6.16 or 3.5.8+go1.19.13.`,
    )
  const go = (asked.road === 'module' ? asked.go : undefined) ?? buildGo(release)
  return {
    asked: asked.asked,
    etcd: release.version,
    go,
    tls: tlsOffered(release.version, go),
    ...(release.floor && { line: release.floor }),
  }
}
