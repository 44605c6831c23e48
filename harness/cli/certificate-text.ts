import { oneLine } from '../../reports/sanitize.ts'
import type { Certificate } from '../certify/certificate.ts'

/** A certificate for the terminal: what was certified, and each cell that is not simply as promised. */
export function certificateText({ product, profile, subject, outcome }: Certificate): string {
  const { certified, cells, notCertified, declared, notApplicable } = outcome
  const counts = Object.entries(cells).flatMap(([name, n]) => (n > 0 ? `${String(n)} ${name}` : []))
  return [
    `${product.vendor} ${product.product} ${product.version}: etcd ${subject.etcd}, Go ${subject.go}`,
    `${subject.identity.kind} ${subject.identity.value}`,
    `profile ${profile}: ${counts.join(' · ')}`,
    ...lines('in the way', notCertified),
    ...lines('declared deviation', declared),
    ...lines('not applicable', notApplicable),
    certified ? '✔ certified' : '✘ not certified',
  ]
    .map(oneLine)
    .join('\n')
}

const lines = (word: string, cells: Certificate['outcome']['declared']): string[] =>
  cells.map(({ cell, verdict, why }) => `  ${word}: ${cell} (${verdict}) ${why}`)
