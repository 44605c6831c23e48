import { isDeepStrictEqual } from 'node:util'
import type { Bundle } from '../bundle.ts'
import { outcomeOf } from '../certificate.ts'
import { derivedFiles } from '../compose.ts'
import { files } from '../layout.ts'
import { catalogueDigest } from '../profile.ts'
import type { Contents } from './contents.ts'
import type { Findings } from './findings.ts'

/** Whether the documents of a bundle say the same. */
export function checkDocuments(
  { certificate, catalogue, results, product }: Contents,
  findings: Findings,
): void {
  const { subject, run, outcome, tool } = certificate
  const [build, ...others] = results.subjects
  const wrong = (what: string): void => findings.wrong(files.certificate, what)
  if (!isDeepStrictEqual(product, certificate.product))
    wrong(`its product is not the one of ${files.product}`)
  if (catalogue.profile !== certificate.profile) wrong(`its profile is not the one of ${files.catalogue}`)
  if (tool.catalogue !== catalogueDigest(catalogue)) wrong(`its catalogue is not ${files.catalogue}`)
  if (tool.version !== results.tool.version) wrong(`its tool is not the one of ${files.results}`)
  if (build === undefined || others.length > 0)
    return findings.wrong(files.results, 'they are not of one build')
  const { name, asked, etcd, go, source } = build
  const { identity, ...named } = subject
  if (!isDeepStrictEqual(named, { name, asked, etcd, go, source }))
    wrong(`its build is not the one of ${files.results}`)
  const shown = identity.kind === 'file-sha256' ? build.reference : build.image
  const wanted = identity.kind === 'file-sha256' ? `:binary-${identity.value.slice(0, 16)}` : identity.value
  if (!(identity.kind === 'file-sha256' ? shown.endsWith(wanted) : shown === wanted))
    wrong(`its identity is not that of the build in ${files.results}`)
  if (product.etcd !== undefined && product.etcd !== etcd)
    wrong(`the product is etcd ${product.etcd}, the build ${etcd}`)
  const { id, started, finished } = results.run
  if (!isDeepStrictEqual(run, { id, started, finished })) wrong(`its run is not the one of ${files.results}`)
  if (!isDeepStrictEqual(outcome, outcomeOf(results)))
    wrong(`its outcome is not what ${files.results} come to`)
  if (!outcome.certified) wrong('the build is not certified')
}

/** Files for people and other programs, against what they follow from. Another version may put it in other words. */
export async function checkDerived(
  bundle: Bundle,
  { certificate, results }: Contents,
  isOurs: boolean,
  findings: Findings,
): Promise<void> {
  const other: string[] = []
  for (const [path, text] of derivedFiles(certificate, results)) {
    if (!bundle.paths.includes(path)) findings.wrong(path, 'it is missing')
    else if ((await bundle.read(path)).toString() === text) continue
    else if (isOurs) findings.wrong(path, 'it does not follow from the results')
    else other.push(path)
  }
  if (other.length > 0)
    findings.note(
      `Another version of the tool wrote ${other.join(', ')}; their words were not compared with the results, which count.`,
    )
}
