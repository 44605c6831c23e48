import { readFile, stat } from 'node:fs/promises'
import { dirname, isAbsolute, relative, resolve } from 'node:path'
import { conclude } from '../../reports/index.ts'
import { writeArchive } from '../certify/archive-write.ts'
import { certifiable, certify, type Certified } from '../certify/certify.ts'
import { demandCosign, signWithCosign } from '../certify/cosign.ts'
import { parseProduct } from '../certify/product.ts'
import { profileOf, profiles } from '../certify/profile.ts'
import { fingerprintOfKey, loadSigningKey } from '../certify/sign.ts'
import { during, type Lifetime } from '../engine/lifetime.ts'
import { makeRunId } from '../engine/run-id.ts'
import { sweep } from '../engine/sweep.ts'
import { inputError } from '../errors.ts'
import { cellsOf } from '../run/catalogue/cells.ts'
import { loadCatalogue } from '../run/catalogue/catalogue.ts'
import { certificateText } from './certificate-text.ts'
import { consoleOptions } from './console-options.ts'
import { ensureEngine } from './engine.ts'
import { emptyFolder, removeEmpty } from './output-folder.ts'
import { sectionTotals } from './view/board.ts'
import { runView } from './view/run-view.ts'

export interface CertifyCommandOptions {
  readonly etcd: string
  readonly product: string
  readonly out: string
  readonly profile: string
  readonly key?: string
  readonly cosign?: string
  readonly archive?: string
  readonly provision?: true
}

/** Errors: HarnessError. @returns the exit status: 0 certified, 1 or 3 not, as of a run. */
export const certifyNow = (options: CertifyCommandOptions): Promise<number> =>
  during((life) => certifyWith(options, life))

async function certifyWith(options: CertifyCommandOptions, life: Lifetime): Promise<number> {
  // What the user can mend is said before anything is started.
  certifiable(options.etcd)
  const name = profiles.find((one) => one === options.profile)
  if (name === undefined)
    throw inputError(
      'unknown-profile',
      `--profile ${options.profile} is none; write ${profiles.join(' or ')}.`,
    )
  const productText = await readProduct(options.product)
  const product = parseProduct(productText, options.product)
  const key = options.key === undefined ? undefined : await loadSigningKey(options.key)
  const cosign = options.cosign === undefined ? undefined : demandCosign()
  const profile = profileOf(name, (await loadCatalogue()).flatMap(cellsOf))
  if (options.archive !== undefined) await checkArchive(options.archive, options.out)
  const out = resolve(options.out)
  const made = await emptyFolder(options.out)
  life.defer('the folder of a certificate that was not written', () => removeEmpty(made))
  await ensureEngine(options.provision === true ? 'yes' : 'never', life.signal)

  const runId = makeRunId()
  life.defer('what this run started', () => sweep({ run: runId }))
  const view = runView(sectionTotals(profile.cells), consoleOptions(process.stdout, out), process.stdout)
  life.defer('the view', () => view.end())
  const certified = await certify({
    ...{ subject: options.etcd, product, productText, profile, key, out, runId, signal: life.signal },
    onEvent: (event) => view.onEvent(event),
  })
  await view.end()
  if (cosign !== undefined && options.cosign !== undefined) await signWithCosign(cosign, out, options.cosign)
  if (options.archive !== undefined) await writeArchive(out, options.archive)
  return tell(certified, options, key && fingerprintOfKey(key))
}

const readProduct = (file: string): Promise<string> =>
  readFile(file, 'utf8').catch((cause: unknown) => {
    throw inputError(
      'bad-product',
      `--product ${file} cannot be read; \`etcd-tls certify --help\` shows one.`,
      cause,
    )
  })

/** Before anything is tested: a place that is no good is told now, not after it. Errors: exit 2. */
async function checkArchive(archive: string, out: string): Promise<void> {
  const found = await stat(archive).catch(() => undefined)
  if (found !== undefined)
    throw inputError('archive-there', `--archive ${archive} is there already; name a new file.`)
  const inside = relative(resolve(out), resolve(archive))
  if (!inside.startsWith('..') && !isAbsolute(inside))
    throw inputError(
      'archive-inside',
      `--archive ${archive} lies in --out ${out}; a bundle does not hold itself.`,
    )
  const folder = dirname(resolve(archive))
  if ((await stat(folder).catch(() => undefined))?.isDirectory() !== true)
    throw inputError('archive-nowhere', `--archive ${archive}: there is no folder ${folder}.`)
}

function tell(
  { certificate, results }: Certified,
  { out, archive, cosign }: CertifyCommandOptions,
  fingerprint: string | undefined,
): number {
  const signed =
    fingerprint === undefined && cosign === undefined
      ? 'Not signed: without --key or --cosign nobody vouches for it.'
      : fingerprint === undefined
        ? 'Signed by cosign; verify it with the public key of that key (--public-key).'
        : `Signed; tell those who verify it the fingerprint of your key by another way: ${fingerprint}`
  const where = archive === undefined ? out : `${out} and ${archive}`
  process.stdout.write(`\n${certificateText(certificate)}\n${signed}\nWritten to ${where}\n`)
  return conclude(results).exit
}
