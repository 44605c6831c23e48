import { scenario } from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'
import { claimsOfKeys } from './basic-setup.keys.claims.ts'
import { id } from './basic-setup.worlds.ts'

export default scenario(id, { heading: headingOf(id), claims: claimsOfKeys })
