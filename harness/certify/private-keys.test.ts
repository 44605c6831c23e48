import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { expect, test } from 'vitest'
import { privateKeyIn } from './private-keys.ts'

const keys: Readonly<Record<string, KeyObject>> = {
  rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
  ec: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
  ed25519: generateKeyPairSync('ed25519').privateKey,
}
const der = (key: KeyObject): Buffer => key.export({ type: 'pkcs8', format: 'der' })
const pemOf = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString()
const found = (text: string | Buffer): string | undefined => privateKeyIn(Buffer.from(text))

test.each(Object.entries(keys))('a key for %s is found, however it is hidden', (kind, key) => {
  expect(found(`a\n${pemOf(key)}b`)).toBe('a private key in PEM')
  expect(found(JSON.stringify({ a: pemOf(key) }))).toBe('a private key in PEM')
  expect(found(Buffer.concat([Buffer.from('junk0'), der(key), Buffer.from('junk')]))).toMatch(/in DER/)
  expect(found(`{"argv":["--key=${der(key).toString('base64')}"]}`)).toMatch(/in base64/)
  expect(found(`x ${Buffer.from(pemOf(key)).toString('base64')} y`)).toMatch(/in base64/)
  expect(found(JSON.stringify(pemOf(key).replaceAll(/-----.*-----/g, '')))).toMatch(/in base64/)
  expect(found(der(key).toString('base64url'))).toMatch(/in base64/)
  expect(found(der(key).toString('hex'))).toMatch(/in hexadecimal/)
  if (kind === 'ed25519') return
  const old = key.export({ type: kind === 'rsa' ? 'pkcs1' : 'sec1', format: 'pem' } as never).toString()
  expect(found(old.replaceAll(/-----.*-----/g, ''))).toMatch(/in base64/)
})

test('an encrypted key is one, too', () => {
  const locked = keys['ec']?.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'a' })
  expect(found(String(locked))).toBe('a private key in PEM')
})

test('public keys, digests and text are none', () => {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  expect(found(publicKey.export({ type: 'spki', format: 'pem' }).toString())).toBeUndefined()
  expect(found('a'.repeat(500))).toBeUndefined()
  expect(found('0123456789abcdef'.repeat(40))).toBeUndefined()
})
