import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { ianaSuite, opensslSuite, suiteCode, suiteName, suiteNames } from './suites.ts'

test("codes and names agree with this host's openssl", () => {
  const list = execFileSync('openssl', ['ciphers', '-V', '-stdname', 'ALL:COMPLEMENTOFALL:@SECLEVEL=0'], {
    encoding: 'utf8',
  })
  const rows = [...list.matchAll(/0x(..),0x(..) - (\S+)\s+- (\S+)/g)]
  const known = rows.filter(([, , , iana = '']) => suiteNames.includes(iana))
  expect(known.length).toBeGreaterThan(20)
  for (const [, high = '', low = '', iana = '', openssl = ''] of known) {
    expect(suiteCode(iana), iana).toBe(parseInt(high + low, 16))
    expect(ianaSuite(openssl)).toBe(iana)
    expect(opensslSuite(iana)).toBe(openssl)
  }
})

test('a code without a name stays a number', () => {
  expect(suiteName(0xc012)).toBe('TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA')
  expect(suiteName(0xfafa)).toBe('0xfafa')
})
