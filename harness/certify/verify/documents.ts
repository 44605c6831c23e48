import { isDeepStrictEqual } from 'node:util'
import packageFile from '../../../package.json' with { type: 'json' }
import type { Results } from '../../../reports/index.ts'
import type { Bundle } from '../bundle.ts'
import { outcomeOf } from '../certificate.ts'
import { derivedFiles } from '../compose.ts'
import { files } from '../layout.ts'
import { catalogueDigest } from '../profile.ts'
import { isTime } from './binding.ts'
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
  if (tool.version !== results.tool.version || tool.name !== results.tool.name)
    wrong(`its tool is not the one of ${files.results}`)
  if (build === undefined || others.length > 0)
    return findings.wrong(files.results, 'they are not of one build')
  checkWholeRun(results, findings)
  const { name, asked, etcd, go, source } = build
  const { identity, ...named } = subject
  if (!isDeepStrictEqual(named, { name, asked, etcd, go, source }))
    wrong(`its build is not the one of ${files.results}`)
  if (!identityForms[identity.kind].test(identity.value)) wrong('its identity is none')
  if (source === 'image' && asked !== `image:${build.reference}`) wrong('its build was not asked for so')
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

const identityForms = {
  'image-digest': /^[^\s@]+@sha256:[0-9a-f]{64}$/,
  'image-id': /^sha256:[0-9a-f]{64}$/,
  'file-sha256': /^[0-9a-f]{64}$/,
} as const

/** A certificate is for one run of the project's own scenarios, from its beginning to its end. */
function checkWholeRun({ run, shard, tool }: Results, findings: Findings): void {
  const wrong = (what: string): void => findings.wrong(files.results, what)
  if (tool.name !== packageFile.name) wrong(`they were written by ${tool.name}`)
  if (shard !== undefined) wrong('they are those of a shard')
  if (run.files !== undefined) wrong('they are those of scenario files of somebody’s own')
  if (![run.started, run.finished].every(isTime) || run.started > run.finished)
    wrong(`their run has no times: ${run.started} to ${run.finished}`)
}

/** Files for people and other programs, against what they follow from. Another version may put it in other words. */
export async function checkDerived(
  bundle: Bundle,
  { certificate, results }: Contents,
  isOurs: boolean,
  findings: Findings,
): Promise<void> {
  const other: string[] = []
  if (!isOurs)
    findings.note(
      'Another version of the tool made it: how the results put it was not compared; evidence, verdicts and declarations were.',
    )
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
