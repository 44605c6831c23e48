import { readFile } from 'node:fs/promises'
import { makeRunId } from '../../engine/run-id.ts'
import { sweep } from '../../engine/sweep.ts'
import { cellsOf } from '../../run/catalogue/cells.ts'
import { loadCatalogue } from '../../run/catalogue/catalogue.ts'
import { onlyIds } from '../../run/catalogue/only.ts'
import { certify, type Certified } from '../certify.ts'
import { parseProduct } from '../product.ts'
import type { CertifiedProfile } from '../profile.ts'
import { loadSigningKey } from '../sign.ts'

/** A few cells of different kinds: declared, kept, not applicable on 3.6, a start, a block of addresses, a timeline. */
const miniCells = [
  'security/client-certificates/without-one-is-rejected:request=v3,tls=1.3',
  'security/client-certificates/with-one-is-served:request=v3,tls=1.3',
  'security/client-certificates/with-one-is-served:request=v2-enabled,tls=1.3',
  'security/basic-setup/https-url-needs-a-certificate:url=listen-client',
  'security/basic-setup/client-cert-auth-demands-a-certificate:certificate=self-signed,tls=1.3',
  'security/basic-setup/client-cert-auth-demands-a-certificate:certificate=expired,tls=1.3',
  'security/peer-dns-san/forward-lookup-matches:peer=client',
  'security/reload/expiring-certificate-replaced-without-stop',
]

/** The profile `mini`: not to be had from the command line. */
export async function miniProfile(only: readonly string[] = miniCells): Promise<CertifiedProfile> {
  const all = (await loadCatalogue()).flatMap(cellsOf)
  return { name: 'mini', cells: all.filter(onlyIds(only)), only }
}

/** Certifies a build for the profile `mini`. */
export async function certifyMini(
  subject: string,
  { product, key, out }: { product: string; key?: string; out: string },
): Promise<Certified> {
  const productText = await readFile(product, 'utf8')
  const runId = makeRunId()
  try {
    return await certify({
      ...{ subject, out, runId, productText, product: parseProduct(productText, product) },
      profile: await miniProfile(),
      key: key === undefined ? undefined : await loadSigningKey(key),
      signal: new AbortController().signal,
      onEvent: () => undefined,
    })
  } finally {
    await sweep({ run: runId })
  }
}
