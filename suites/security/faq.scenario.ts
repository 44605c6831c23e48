import { scenario } from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'
import { claimsOfUsages } from './faq.claims.ts'

const id = 'security/faq'

export default scenario(id, {
  heading: headingOf(id),
  core: ['client-auth-usage-is-needed'],
  claims: claimsOfUsages(['1.2', '1.3']),
})
