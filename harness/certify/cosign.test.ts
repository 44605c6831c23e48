import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { demandCosign, signWithCosign } from './cosign.ts'
import { files } from './layout.ts'
import { Copy } from './testing/stored.ts'

test('without cosign there is a sentence', () => {
  expect(() => demandCosign('/nowhere')).toThrow(expect.objectContaining({ code: 'no-cosign', exit: 2 }))
})

// cosign itself is not here: openssl stands in, which makes the same signature (ECDSA with SHA-256, base64).
test('a signature of cosign is checked with its public key, and is not taken for one of another', async () => {
  await using copy = await Copy.unpack()
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  await mkdir(copy.path('bin'))
  await writeFile(copy.path('bin/key.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }))
  const script =
    '#!/bin/sh\n[ "$1" = sign-blob ] && openssl dgst -sha256 -sign "$4" "$8" | openssl base64 -A > "$7"\n'
  await writeFile(copy.path('bin/cosign'), script)
  await chmod(copy.path('bin/cosign'), 0o755)
  const cosign = demandCosign(copy.path('bin'))
  await signWithCosign(cosign, copy.folder.path, join(copy.path('bin'), 'key.pem'))
  await copy.remove('bin')
  const ours = await copy.verify(createPublicKey(privateKey))
  expect({ exit: ours.exit, problems: ours.findings.problems }).toEqual({ exit: 0, problems: [] })
  const other = await copy.verify(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey)
  expect(other.findings.problems).toEqual([
    `${files.cosign}: the manifest was not signed with the key that was given`,
  ])
  await copy.remove(files.signature)
  await copy.remove(files.cosign)
  expect((await copy.verify(publicKey)).exit).toBe(1)
})
