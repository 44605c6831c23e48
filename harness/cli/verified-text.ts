import { oneLine } from '../../reports/sanitize.ts'
import type { Rerun } from '../certify/verify/rerun.ts'
import type { Verified } from '../certify/verify/verify.ts'
import { certificateText } from './certificate-text.ts'

/** What a verification found, the worst last, where the eye is. */
export function verifiedText({ certificate, signed, findings, exit }: Verified): string {
  const { problems, changed, notes, judged } = findings
  const given = signed?.trusted === true ? ', which was given' : ''
  return [
    ...(certificate === undefined ? [] : [...certificateText(certificate).split('\n'), '']),
    `${String(judged)} cells come out again as the bundle says`,
    ...(signed === undefined ? [] : [`signed with the key ${signed.fingerprint}${given}`]),
    ...notes.map((note) => `note: ${note}`),
    ...changed.map((text) => `? ${text}`),
    ...problems.map((text) => `✘ ${text}`),
    conclusions[exit],
  ]
    .map(oneLine)
    .join('\n')
}

const conclusions: Readonly<Record<Verified['exit'], string>> = {
  0: '✔ the bundle is whole, the build is certified, and the evidence says so again',
  1: '✘ the bundle does not hold',
  3: '? claims were changed since the bundle was made; what is marked ? cannot be judged again',
}

/** What came of playing cells again. */
export const rerunText = ({ differs, unsure }: Rerun): string =>
  [
    ...unsure.map((text) => `? ${text}`),
    ...differs.map((text) => `✘ ${text}`),
    differs.length > 0
      ? '✘ the build does otherwise than the bundle says'
      : unsure.length > 0
        ? '? not all could be seen again'
        : '✔ the build does what the bundle says',
  ]
    .map(oneLine)
    .join('\n')
