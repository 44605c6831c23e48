import { byRelease, type Row } from '../../../fixtures/by-release.ts'
import type { Cell } from '../../scenario/claim.ts'
import { withGuardName } from './guard-name.ts'

/** A cell as a release spells it: options and paths that say the same in all releases, but not by one name. Pure. */
export const spelt = (cell: Cell, etcd: string): Cell => withGatewayPath(withGuardName(cell, etcd), etcd)

/** Where the gRPC gateway answers: `registerGateway` and `createMux` of `embed/serve.go`, `v3client` in 3.1's. */
const gateways: readonly Row<string>[] = [
  { releases: '>=3.4.0-0', is: '/v3/' },
  { releases: '>=3.3.0-0', is: '/v3beta/' },
  { releases: '*', is: '/v3alpha/' },
]

/** Path of a method of the gateway: `kv/put`. */
export const gatewayPath = (method: string, etcd: string): string => byRelease(gateways, etcd) + method

function withGatewayPath(cell: Cell, etcd: string): Cell {
  const prefix = byRelease(gateways, etcd)
  const there = <P>(probe: P): P => {
    const { path } = probe as { path?: unknown }
    const moved = typeof path === 'string' ? path.replace(/^\/v3\//, prefix) : path
    return moved === path ? probe : { ...probe, path: moved }
  }
  const unlike = 'unlike' in cell ? cell.unlike : undefined
  const [when, control] = [there(cell.when), unlike && there(unlike)]
  // Most cells are spelt alike everywhere; what is wrong with one is for its own turn to say.
  if (when === cell.when && control === unlike) return cell
  return { ...cell, when, ...(control && { unlike: control }) } as Cell
}
