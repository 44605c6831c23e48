import type { ProbeSpec } from '../scenario/probe.ts'
import type { ProbeContext } from '../world/running.ts'
import { curl } from './curl.ts'
import { etcdctl } from './etcdctl.ts'
import { grpc } from './grpc.ts'
import { hello } from './hello.ts'
import { http } from './http.ts'
import type { Observation } from './observation.ts'
import { recipe } from './recipe.ts'

/**
 * Makes one probe. Whatever the other side does is in the observation and never thrown; `log` is joined by others.
 * Errors: HarnessError only (`unknown-member`, `no-curl`, `no-etcdctl`, `suite-not-offered`, …).
 */
export function observe(spec: ProbeSpec, context: ProbeContext): Promise<Observation> {
  switch (spec.kind) {
    case 'http':
      return http(spec, context)
    case 'hello':
      return hello(spec, context)
    case 'grpc':
      return grpc(spec, context)
    case 'curl':
      return curl(spec, context)
    case 'etcdctl':
      return etcdctl(spec, context)
    case 'recipe':
      return recipe(spec, context)
  }
}
