import type { Argument, ProbeSpec } from '../scenario/probe.ts'

/** Options of curl and etcdctl that say whom they trust; then those without a value. */
const trusting = ['--cacert', '--capath', '--ca-file']
const unverifying = ['-k', '--insecure', '--insecure-skip-tls-verify']

/**
 * Whom a probe's client trusts, and which name it looks for: what its own refusal of etcd can depend on. Two that have
 * the same must have met the same refusal. Pure.
 */
export function trustOf(probe: ProbeSpec): unknown {
  switch (probe.kind) {
    case 'http':
    case 'grpc':
      return [probe.tls?.trust, probe.tls?.serverName]
    case 'curl':
      return [optionsOf(probe.args), probe.trustStore]
    case 'etcdctl':
      return [optionsOf(probe.args), probe.files, probe.environment]
    case 'hello':
    case 'recipe':
      return undefined
  }
}

const optionsOf = (args: readonly Argument[]): readonly Argument[] =>
  args.flatMap((one, n) => {
    if (typeof one !== 'string') return []
    if (unverifying.includes(one)) return [one]
    const value = args[n + 1]
    return trusting.includes(one) && value !== undefined ? [one, value] : []
  })
