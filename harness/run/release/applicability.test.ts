import { describe, expect, test } from 'vitest'
import { cluster, etcd, http, served, type Cell } from '../../scenario/index.ts'
import { notApplicable } from './applicability.ts'

const cell = (more: Partial<Cell> = {}, options: Parameters<typeof etcd>[0]['options'] = {}): Cell =>
  ({ given: etcd({ options }), when: http({ scheme: 'http', path: '/' }), then: served(), ...more }) as Cell
const build = { etcd: '3.6.16', go: '1.26.10', tls: ['1.2', '1.3'] as const }
const why = (asked: Cell, on: Partial<typeof build> = {}, section = 'security/host-whitelist') =>
  notApplicable(section, asked, { ...build, ...on })

describe('a cell is asked', () => {
  test('of a build that the page speaks of', () => {
    expect(why(cell())).toBeUndefined()
    expect(why(cell(), { etcd: '2.3.8' })).toMatch(/^the page speaks of etcd /)
  })
  test('of builds on both sides of a release that the page names', () => {
    const stepped = cell({ since: ['3.2.5', '3.3.4'] })
    expect(why(stepped, { etcd: '3.2.4' })).toBeUndefined()
    expect(why(stepped, { etcd: '3.2.5' })).toBeUndefined()
    expect(why(stepped, { etcd: '3.0.17' })).toBeUndefined()
    expect(why(stepped, { etcd: '2.3.8' })).toMatch(/^the page speaks of etcd /)
    expect(why(cell(), { etcd: '3.2.5' })).toMatch(/^the page speaks of etcd /)
  })
  test('not of lines after those of the page, whatever release it names', () => {
    const stepped = cell({ since: '2.1.0' })
    expect(why(stepped, { etcd: '2.3.8' }, 'security-v2/faq')).toBeUndefined()
    expect(why(stepped, {}, 'security-v2/faq')).toMatch(/^the page speaks of etcd /)
  })
  test('of a release candidate like of its release', () => {
    expect(why(cell(), { etcd: '3.7.0-rc.1' })).toBeUndefined()
  })
  test('also where a page is not known', () => {
    expect(why(cell(), {}, 'mine/section')).toBeUndefined()
  })
  test.each([
    [{ etcd: { range: '<3.6.0', why: 'v2' } }, 'asked of etcd <3.6.0 only: v2'],
    [{ go: { range: '<1.23.0', why: 'RSA' } }, 'asked of builds with Go <1.23.0 only: RSA'],
    [
      { etcd: { range: '>=3.6.0', why: '' }, go: { range: '<1.23.0', why: 'RSA' } },
      'asked of builds with Go <1.23.0 only: RSA',
    ],
    [
      { etcd: { range: '>=3.6.0', why: '' }, go: { range: '>=1.23.0', why: '' }, tls: '1.3' as const },
      undefined,
    ],
  ])('of builds with what it needs: %o', (needs, expected) => {
    expect(why(cell({ needs }))).toBe(expected)
  })
  test('of builds that offer the TLS version', () => {
    const old = { etcd: '3.5.5', go: '1.16.15', tls: ['1.2'] as never }
    expect(why(cell({ needs: { tls: '1.3' } }), old)).toBe('the build offers TLS 1.2, not 1.3')
  })
  test('of builds that hide a TLS version which their release has', () => {
    expect(why(cell({ needs: { tls: '1.3' } }), { tls: ['1.2'] as never })).toBeUndefined()
    expect(why(cell({ needs: { tls: '1.2' } }), { tls: [] as never })).toBeUndefined()
  })
  test('not with an option that was removed, naming the release; with one that came later, it is', () => {
    expect(why(cell({}, { 'enable-v2': true }))).toBe('the option --enable-v2 was removed in 3.6.0')
    expect(why(cell({}, { 'enable-v2': true }), { etcd: '3.5.35' })).toBeUndefined()
    expect(why(cell({}, { 'host-whitelist': 'a' }), { etcd: '3.3.0' })).toBeUndefined()
  })
  test('with a service, whose options another build has where the subject has them no more', () => {
    const service = { role: 'service', options: { 'enable-v2': true } } as const
    expect(why(cell({ given: cluster({ members: { service, m1: { options: {} } } }) }))).toBeUndefined()
  })
  test('not with a proxy where there is none any more, whatever else was removed', () => {
    const members = { m1: { options: { 'enable-v2': true } }, p: { role: 'proxy', options: {} } } as const
    expect(why(cell({ given: cluster({ members }) }))).toBe('the option --proxy was removed in 3.6.0')
    expect(why(cell({ given: cluster({ members }) }), { etcd: '3.5.35' })).toBeUndefined()
  })
})
