import { visible } from '../../reports/sanitize.ts'
import { openBundle } from '../certify/archive-read.ts'
import { loadPublicKey } from '../certify/sign.ts'
import { profilesOf, verifyBundle, type Verified } from '../certify/verify/verify.ts'
import { cellsOf, loadCatalogue } from '../run/catalogue.ts'
import { certificateText } from './certificate-text.ts'

export interface VerifyCommandOptions {
  readonly publicKey?: string
}

/** Errors: HarnessError with exit 2. @returns the exit status. */
export async function verifyNow(path: string, options: VerifyCommandOptions): Promise<number> {
  const key = options.publicKey === undefined ? undefined : await loadPublicKey(options.publicKey)
  const profile = profilesOf((await loadCatalogue()).flatMap(cellsOf))
  await using bundle = await openBundle(path)
  const verified = await verifyBundle(bundle, path, { profile, key })
  process.stdout.write(`${verifiedText(verified)}\n`)
  return verified.exit
}

/** What was found, the worst last, where the eye is. */
export function verifiedText({ certificate, signed, findings, exit }: Verified): string {
  const { problems, changed, notes, judged } = findings
  return [
    ...(certificate === undefined ? [] : [...certificateText(certificate).split('\n'), '']),
    `${String(judged)} cells come out again as the bundle says`,
    ...(signed === undefined
      ? []
      : [`signed with the key ${signed.fingerprint}${signed.trusted ? ', which was given' : ''}`]),
    ...notes.map((note) => `note: ${note}`),
    ...changed.map((text) => `? ${text}`),
    ...problems.map((text) => `✘ ${text}`),
    conclusions[exit],
  ]
    .map(visible)
    .join('\n')
}

const conclusions: Readonly<Record<Verified['exit'], string>> = {
  0: '✔ exit 0: the bundle is whole, the build is certified, and the evidence says so again',
  1: '✘ exit 1: the bundle does not hold',
  3: '? exit 3: claims were changed since the bundle was made; what is marked ? cannot be judged again',
}
