import recorded from './go-verdicts.json' with { type: 'json' }

/**
 * What Go's own crypto/x509 said of each oddity, release by release: `ask-go/main.go`, built with each of them (and
 * 1.26.10 once more in a module with an old `go` line). An entry holds until the next one.
 */
export const { releases, verdicts } = recorded as {
  readonly releases: readonly string[]
  readonly verdicts: Readonly<Record<string, Readonly<Record<string, string>>>>
}
/** Go 1.26.10 with the settings of 1.20. */
export const older = '1.26.10+line.1.20.0'

/** `yes`, `yes` and the common name where it is not the usual one, or `no`. */
export function goSays(name: string, go: string): string {
  const all = verdicts[name] ?? {}
  if (go === older) return all[older] ?? goSays(name, '1.26.10')
  const last = releases.slice(0, releases.indexOf(go) + 1).findLast((release) => release in all)
  return all[last ?? ''] ?? 'unknown'
}
