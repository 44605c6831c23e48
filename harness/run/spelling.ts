import { byRelease, type Row } from '../../fixtures/by-release.ts'
import type { Cell } from '../scenario/claim.ts'
import { withGuardName } from './guard-name.ts'

/** A cell as a release spells it: options and paths that say the same in all releases, but not by one name. Pure. */
export const spelt = (cell: Cell, etcd: string): Cell => withGatewayPath(withGuardName(cell, etcd), etcd)

/** Where the gRPC gateway answers: `registerGateway` and `createMux` of `embed/serve.go`, `v3client` in 3.1's. */
const gateways: readonly Row<string>[] = [
  { releases: '>=3.4.0-0', is: '/v3/' },
  { releases: '>=3.3.0-0', is: '/v3beta/' },
  { releases: '*', is: '/v3alpha/' },
]

function withGatewayPath(cell: Cell, etcd: string): Cell {
  const prefix = byRelease(gateways, etcd)
  const there = <P>(probe: P): P => {
    const { path } = probe as { path?: unknown }
    return typeof path === 'string' ? { ...probe, path: path.replace(/^\/v3\//, prefix) } : probe
  }
  const moved = { ...cell, when: there(cell.when) }
  return (
    'unlike' in cell && cell.unlike !== undefined ? { ...moved, unlike: there(cell.unlike) } : moved
  ) as Cell
}
