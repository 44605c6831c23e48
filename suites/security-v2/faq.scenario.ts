import { scenario } from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'
import { claimsOfUsages } from '../security/faq.claims.ts'
import { tlsVersions } from './basic-setup.worlds.ts'

const id = 'security-v2/faq'

export default scenario(id, { heading: headingOf(id), claims: claimsOfUsages(tlsVersions) })
