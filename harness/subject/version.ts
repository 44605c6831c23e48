import { valid } from 'semver'
import { inputError } from '../errors.ts'
import { fullGo } from './parse.ts'
import { printable } from '../printable.ts'

/** What `etcd --version` states; Go without `go`, with all three numbers. */
export interface Versions {
  readonly etcd: string
  readonly go: string
}

/**
 * Reads the output of `etcd --version` (etcd's server/etcdmain/config.go prints it line by line). Pure.
 * Errors (exit 2): `not-etcd` no such lines, `odd-version` a version that is no semantic version, `odd-go` a Go
 * that is no release, so that nothing could be expected of it.
 */
export function readVersions(asked: string, output: string): Versions {
  const etcd = /^etcd Version: (.*)$/m.exec(output)?.[1]?.trim()
  const go = /^Go Version: (.*)$/m.exec(output)?.[1]?.trim()
  const who = `--etcd ${printable(asked, 120)}`
  if (etcd === undefined || go === undefined)
    throw inputError(
      'not-etcd',
      `${who}: asked for its version, the build says ${printable(output.trim())}; it is no etcd.`,
    )
  if (valid(etcd) !== etcd)
    throw inputError(
      'odd-version',
      `${who}: the build calls itself etcd ${printable(etcd)}, which is no version X.Y.Z.`,
    )
  // What follows the number is a vendor's or an experiment's: `go1.22.7 (Red Hat 1.22.7-1.el9) X:strictfipsruntime`.
  const number = /^go(\d+\.\d+(?:\.\d+)?)(?:[ -]|$)/.exec(go)?.[1]
  if (number === undefined)
    throw inputError(
      'odd-go',
      `${who}: the build says it was made with ${printable(go)}, which is no Go release.`,
    )
  return { etcd, go: fullGo(number) }
}

/** Long names of the flags that `etcd --help` lists: lines that begin with one, continuation lines left out. */
export function readFlags(output: string): string[] {
  const names = [...output.matchAll(/^(?: {1,3}|\t)(?:etcd )?(?:-h \| )?--([a-z0-9][a-z0-9-]*)/gm)]
  return [...new Set(names.map(([, name]) => name ?? ''))].toSorted()
}
