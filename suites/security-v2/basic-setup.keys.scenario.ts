import { scenario } from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'
import { claimsOfKeys } from '../security/basic-setup.keys.claims.ts'
import { id } from './basic-setup.worlds.ts'

/** The files are read before the server starts (`NewListener`, `NewKeepAliveListener`, pkg/transport). */
export default scenario(id, { heading: headingOf(id), claims: claimsOfKeys })
