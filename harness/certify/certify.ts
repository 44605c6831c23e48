import { createHash, type KeyObject } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import packageFile from '../../package.json' with { type: 'json' }
import type { Results, SubjectRecord } from '../../reports/index.ts'
import { temporaryFolder } from '../engine/temporary.ts'
import { HarnessError, inputError } from '../errors.ts'
import type { RunOptions } from '../run/events.ts'
import { runAll } from '../run/run.ts'
import { parseSubjects, type Asked } from '../subject/parse.ts'
import { printable } from '../printable.ts'
import { outcomeOf, type Certificate } from './certificate.ts'
import type { Product } from './product.ts'
import { catalogueDigest, catalogueList, type CertifiedProfile } from './profile.ts'
import { toolDigest } from './tool-digest.ts'
import { writeBundle } from './write-bundle.ts'

export interface CertifyOptions extends Pick<RunOptions, 'runId' | 'signal' | 'onEvent'> {
  /** As it was typed. */
  readonly subject: string
  readonly product: Product
  /** `product.yaml`, byte by byte. */
  readonly productText: string
  readonly profile: CertifiedProfile
  readonly key?: KeyObject | undefined
  /** The bundle's folder; it exists and is empty. */
  readonly out: string
  readonly run?: typeof runAll
}

export interface Certified {
  readonly certificate: Certificate
  readonly results: Results
}

/**
 * What can be certified: a build whose identity can be stated. Errors: those of `parseSubject`; `no-identity`
 * (exit 2) for releases and sets, which may be one thing here and another there.
 */
export function certifiable(subject: string): Extract<Asked, { road: 'image' | 'binary' }> {
  const asked = parseSubjects([subject])[0]
  if (asked?.road === 'image' || asked?.road === 'binary') return asked
  throw inputError(
    'no-identity',
    `--etcd ${printable(subject)}: a certificate is for one build whose identity can be stated; ` +
      'name it as image:REF, best with its digest, or as file:PATH.',
  )
}

/**
 * Plays a profile on a build and writes the bundle, also where the build is not certified: it shows why not.
 * Errors: HarnessError; those of `certifiable`, `runAll` and `writeBundle`; `other-etcd` (exit 2) where the build is
 * not the etcd that the product names; `subject-changed` (exit 3) where the build was replaced meanwhile.
 */
export async function certify(options: CertifyOptions): Promise<Certified> {
  const { subject, profile, product, runId, signal, onEvent, out, run = runAll } = options
  const asked = certifiable(subject)
  const fileSum = await sumOf(asked)
  await using work = await temporaryFolder('certify')
  const command = ['etcd-tls', 'certify', '--etcd', subject, '--profile', profile.name]
  const results = await run({
    subjects: [subject],
    only: profile.only,
    out: work.path,
    runId,
    signal,
    onEvent,
    command,
  })
  if (fileSum !== (await sumOf(asked)))
    throw new HarnessError('subject-changed', `${subject} was replaced while it was tested; begin again.`)
  const [build] = results.subjects
  if (build === undefined) throw new HarnessError('no-subject', 'The run has no subject.')
  if (product.etcd !== undefined && product.etcd !== build.etcd)
    throw inputError(
      'other-etcd',
      `--product says etcd ${product.etcd}, but the build says that it is ${build.etcd}.`,
    )
  const catalogue = catalogueList(profile)
  const certificate: Certificate = {
    format: 'etcd-tls/certificate',
    formatVersion: 1,
    product,
    profile: profile.name,
    subject: {
      ...{ name: build.name, asked: build.asked, etcd: build.etcd, go: build.go, source: build.source },
      identity: identityOf(build, fileSum),
    },
    run: { id: results.run.id, started: results.run.started, finished: results.run.finished },
    tool: {
      ...{ name: packageFile.name, version: packageFile.version },
      sources: await toolDigest(),
      catalogue: catalogueDigest(catalogue),
    },
    outcome: outcomeOf(results),
  }
  const { productText, key } = options
  await writeBundle(out, { certificate, catalogue, product: productText, run: work.path, key })
  return { certificate, results }
}

/** SHA-256 of a binary; undefined for an image. Errors: `no-file` (exit 2). */
export async function sumOf(asked: ReturnType<typeof certifiable>): Promise<string | undefined> {
  if (asked.road !== 'binary') return undefined
  const hash = createHash('sha256')
  await pipeline(createReadStream(asked.path), hash).catch((cause: unknown) => {
    throw inputError('no-file', `--etcd ${printable(asked.asked)}: the file cannot be read.`, cause)
  })
  return hash.digest('hex')
}

const identityOf = (
  { image }: Pick<SubjectRecord, 'image'>,
  fileSum: string | undefined,
): Certificate['subject']['identity'] =>
  fileSum !== undefined
    ? { kind: 'file-sha256', value: fileSum }
    : { kind: image.includes('@') ? 'image-digest' : 'image-id', value: image }
