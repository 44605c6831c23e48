import { describe, expect, test } from 'vitest'
import { parseSubject, parseSubjects } from './parse.ts'

describe('every form', () => {
  test.each([
    ['3.6.16', { road: 'release', version: '3.6.16' }],
    ['v3.6.16', { road: 'release', version: '3.6.16' }],
    ['3.8.0-alpha.0', { road: 'release', version: '3.8.0-alpha.0' }],
    ['3.5.8+go1.19.13', { road: 'module', version: '3.5.8', go: '1.19.13' }],
    ['module:3.6.16', { road: 'module', version: '3.6.16' }],
    ['module:v3.6.16+go1.26.10', { road: 'module', version: '3.6.16', go: '1.26.10' }],
    ['module:3.6.99', { road: 'module', version: '3.6.99' }],
    ['3.2.0', { road: 'release', version: '3.2.0' }],
    ['2.3.8+go1.8.7', { road: 'module', version: '2.3.8', go: '1.8.7' }],
    ['module:3.2.7+go1.8.7', { road: 'module', version: '3.2.7', go: '1.8.7' }],
    ['3.7.3+go1.26', { road: 'module', version: '3.7.3', go: '1.26.0' }],
    ['image:quay.io/coreos/etcd:v3.6.16', { road: 'image', reference: 'quay.io/coreos/etcd:v3.6.16' }],
    ['image:sha256:0a1b', { road: 'image', reference: 'sha256:0a1b' }],
    ['debian:bookworm', { road: 'debian', suite: 'bookworm' }],
    ['file:/opt/my etcd', { road: 'binary', path: '/opt/my etcd' }],
    ['liar:any-ca', { road: 'liar', liar: 'any-ca' }],
    ['bent:ip-san-ignored', { road: 'bent', bend: 'ip-san-ignored', version: '3.6.16' }],
    ['bent:ip-san-ignored@3.4.25', { road: 'bent', bend: 'ip-san-ignored', version: '3.4.25' }],
  ])('%s', (asked, expected) => {
    expect(parseSubject(asked)).toEqual({ asked, ...expected })
  })
})

describe('text that is no subject ends with exit 2 and the forms', () => {
  test.each([
    '',
    'etcd',
    '3.6.16+go',
    '3.6.16+1.26',
    'image:',
    'file: ',
    'debian:../x',
    'liar:A b',
    'bent:ip-san-ignored@3.6',
    'image:a b',
  ])('%j', (text) => {
    expect(() => parseSubject(text)).toThrow(
      expect.objectContaining({
        code: 'unknown-subject',
        exit: 2,
        message: expect.stringContaining('image:REF') as string,
      }),
    )
  })
})

test.each([
  ['3.6', '--etcd 3.6: 3.6 is a line; its newest release is 3.6.16.'],
  ['v3.5', '--etcd v3.5: 3.5 is a line; its newest release is 3.5.35.'],
  ['3.6.x', '--etcd 3.6.x: 3.6 is a line; its newest release is 3.6.16.'],
  ['latest', '--etcd latest: leave --etcd away for the newest stable release, 3.7.3.'],
])('%s is told what to write instead', (text, message) => {
  expect(() => parseSubject(text)).toThrow(
    expect.objectContaining({ code: 'unknown-subject', exit: 2, message }),
  )
})

test('a line that has no release is no subject', () => {
  expect(() => parseSubject('3.99')).toThrow('"3.99" is not a subject')
})

test('a liar must be one that there is; the one that breaks nothing is', () => {
  expect(() => parseSubject('liar:any-c')).toThrow(
    expect.objectContaining({
      code: 'unknown-liar',
      exit: 2,
      message: expect.stringMatching(
        /^--etcd liar:any-c: there is no such liar; the nearest is "any-ca"\.$/,
      ) as string,
    }),
  )
  expect(parseSubject('liar:honest')).toMatchObject({ liar: 'honest' })
})

test.each([
  ['bent:ip-san-ignore', 'unknown-liar', /no bent etcd is called that; the nearest is "ip-san-ignored"/],
  ['bent:toString', 'unknown-subject', /is not a subject/],
  [
    'bent:constructor',
    'unknown-liar',
    /no bent etcd is called that; etcd-tls complete run --etcd bent: lists them/,
  ],
  ['bent:ip-san-ignored@3.3.27', 'unknown-liar', /etcd before 3\.4\.0 is not bent/],
  ['bent:ip-san-ignored@3.6.99', 'unknown-release', /does not know etcd 3\.6\.99/],
])('%s is no bent etcd', (text, code, message) => {
  expect(() => parseSubject(text)).toThrow(
    expect.objectContaining({ code, exit: 2, message: expect.stringMatching(message) as string }),
  )
})

test('an unknown release names the nearest known one and the way round the table', () => {
  expect(() => parseSubject('3.6.99')).toThrow(/3\.6\.99.*3\.6\.16.*module:3\.6\.99/s)
  expect(() => parseSubject('3.9.0')).toThrow(expect.objectContaining({ code: 'unknown-release', exit: 2 }))
})

test('a release without plain tag cannot be had as a module when the table does not know it', () => {
  expect(() => parseSubject('module:3.4.44')).toThrow(/3\.4\.25.*file:PATH/s)
})

test('a Go below the go line is refused, naming it; the go line itself is not', () => {
  expect(() => parseSubject('3.5.8+go1.18.10')).toThrow(
    expect.objectContaining({
      code: 'go-too-old',
      exit: 2,
      message: expect.stringContaining('`go 1.19`') as string,
    }),
  )
  expect(parseSubject('3.5.8+go1.19')).toMatchObject({ go: '1.19.0' })
  expect(() => parseSubject('3.7.3+go1.9.7')).toThrow(/go 1\.26\.0/)
})

test('sets are spread out, in order, without repetitions', () => {
  const versions = (texts: string[]) => parseSubjects(texts).map(({ asked }) => asked)
  expect(versions(['3.6.16', 'supported', '3.4.25'])).toEqual(['3.6.16', '3.5.35', '3.7.3', '3.4.25'])
  expect(versions(['all'])).toEqual(expect.arrayContaining(['2.3.8', '3.4.0']))
  expect(versions(['all'])).not.toContain('3.2.2')
})
