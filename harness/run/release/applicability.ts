import semver from 'semver'
import { optionKnown, type OptionName } from '../../../fixtures/options.ts'
import { pages, type PageId } from '../../../fixtures/pages.ts'
import { tlsOffered } from '../../../fixtures/tls-offered.ts'
import type { TlsVersion } from '../../../fixtures/tls.ts'
import type { Cell } from '../../scenario/claim.ts'
import { sideOf } from '../../scenario/side.ts'
import type { Subject } from '../../subject/subject.ts'

const withV3 = '>=3.0.0-0'

const within = (version: string, range: string) =>
  semver.satisfies(version, range, { includePrerelease: true })

/**
 * Why a cell is not asked of a subject, or undefined. An option that came later than the build is asked all the
 * same: the page promises it. Where the page names a release, it speaks of both its sides, so of lines before its own,
 * too, where they have the v3 API, which members and clients are asked over.
 */
export function notApplicable(
  section: string,
  cell: Cell,
  subject: Pick<Subject, 'etcd' | 'go' | 'tls'>,
): string | undefined {
  const page = pages[section.split('/')[0] as PageId] as (typeof pages)[PageId] | undefined
  const named = sideOf(cell, subject.etcd) !== undefined && within(subject.etcd, withV3)
  const earlier = page !== undefined && semver.ltr(subject.etcd, page.builds)
  if (page !== undefined && !(named && earlier) && !within(subject.etcd, page.builds))
    return `the page speaks of etcd ${page.builds}: ${page.because}`
  const { needs } = cell
  if (needs?.etcd !== undefined && !within(subject.etcd, needs.etcd.range))
    return `asked of etcd ${needs.etcd.range} only: ${needs.etcd.why}`
  if (needs?.go !== undefined && !within(subject.go, needs.go.range))
    return `asked of builds with Go ${needs.go.range} only: ${needs.go.why}`
  // A build that hides a version its release has is asked all the same: hiding must not spare it a question.
  if (needs?.tls !== undefined && !offers(subject, needs.tls))
    return `the build offers TLS ${subject.tls.join(' and ')}, not ${needs.tls}`
  return removedOption(cell, subject.etcd)
}

const offers = ({ etcd, go, tls }: Pick<Subject, 'etcd' | 'go' | 'tls'>, version: TlsVersion): boolean =>
  tls.includes(version) || tlsOffered(etcd, go).includes(version)

function removedOption(cell: Cell, etcd: string): string | undefined {
  // A service is another build where the subject lacks what makes it one.
  const members = Object.values(cell.given.members).filter(({ role }) => role !== 'service')
  const proxied = members.some(({ role }) => role === 'proxy')
  const own = members.flatMap(({ options }) => Object.keys(options) as OptionName[])
  for (const name of proxied ? (['proxy', ...own] as const) : own) {
    const known = optionKnown(name, etcd)
    if (known !== 'yes' && 'removedIn' in known)
      return `the option --${name} was removed in ${known.removedIn}`
  }
  return undefined
}
