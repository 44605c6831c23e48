import { generateKeyPairSync } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { storedBundle } from '../certify/testing/stored.ts'
import { temporaryFolder, type TemporaryFolder } from '../engine/temporary.ts'

const main = join(import.meta.dirname, 'main.ts')
let temporary: TemporaryFolder
beforeAll(async () => {
  temporary = await temporaryFolder('certify-cli')
  const put = (name: string, text: string): void => writeFileSync(join(temporary.path, name), text)
  put('product.yaml', "vendor: A\nproduct: B\nversion: '1'\ncontact: a@b.example\n")
  put('slip.yaml', 'vendr: A\n')
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  put('rsa.pem', privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())
  put('rsa.pub', publicKey.export({ type: 'spki', format: 'pem' }).toString())
  mkdirSync(join(temporary.path, 'empty'))
})
afterAll(() => temporary[Symbol.asyncDispose]())

async function cli(args: readonly string[]): Promise<{ exit?: number; stdout: string; stderr: string }> {
  const { exitCode, stdout, stderr } = await execa(process.execPath, [main, ...args], {
    reject: false,
    cwd: temporary.path,
  })
  return { exit: exitCode, stdout, stderr }
}
const certify = (...more: string[]): string[] => {
  const given = { '--etcd': 'image:x', '--product': 'product.yaml', '--out': 'out' }
  const rest = Object.entries(given).filter(([name]) => !more.includes(name))
  return ['certify', ...rest.flat(), ...more]
}

describe('input that can be mended ends with status 2 and a sentence', () => {
  test.each([
    ['a release', certify('--etcd', '3.6.16'), /"3\.6\.16": a certificate is for one build whose identity/],
    ['a set', certify('--etcd', 'all'), /name it as image:REF, best with its digest, or as file:PATH/],
    ['a filter', certify('--only', 'security/**'), /certify takes no --only: a certificate is for the whole/],
    ['a shard', certify('--shard', '1/2'), /certify takes no --shard/],
    ['a baseline', certify('--baseline', 'a'), /certify takes no --baseline/],
    ['what was good before', certify('--since-last-good', 'a'), /certify takes no --since-last-good/],
    ['the same of any run', certify('--since-last-good'), /certify takes no --since-last-good/],
    ['cells to play again', certify('--again', 'security/**'), /certify takes no --again/],
    ['every change', certify('--strict'), /certify takes no --strict/],
    ['a scenario file', certify('mine.scenario.ts'), /takes no scenario files \(mine\.scenario\.ts\)/],
    [
      'a profile that is none',
      certify('--profile', 'mini'),
      /--profile mini is none; write core or extended/,
    ],
    [
      'no product',
      certify('--product', 'none.yaml'),
      /--product none\.yaml cannot be read; `etcd-tls certify --help` shows one\./,
    ],
    [
      'a slip in the product',
      certify('--product', 'slip.yaml'),
      /slip\.yaml, line 1: there is no field "vendr"; the/,
    ],
    ['a key of another kind', certify('--key', 'rsa.pem'), /--key rsa\.pem is a key for rsa; make one with/],
    ['a public key to sign with', certify('--key', 'rsa.pub'), /--key rsa\.pub holds no private key in PEM/],
    ['no key', certify('--key', 'none'), /--key none cannot be read/],
    ['an archive in its own bundle', certify('--archive', 'out/b.tgz'), /out\/b\.tgz lies in --out out/],
    [
      'an archive in no folder',
      certify('--archive', 'no/b.tgz'),
      /--archive no\/b\.tgz: there is no folder /,
    ],
    ['an archive that is there', certify('--archive', 'rsa.pem'), /--archive rsa\.pem is there already/],
    ['no bundle', ['verify', 'none'], /none is no bundle that can be read: there is nothing of that name/],
    [
      'an empty folder',
      ['verify', 'empty'],
      /empty is no bundle that can be read: it has no MANIFEST\.sha256/,
    ],
    ['a file that is none', ['verify', 'rsa.pem'], /rsa\.pem is no bundle .*: it is no folder and no \.tgz/],
    [
      'a private key to verify with',
      ['verify', 'empty', '--public-key', 'rsa.pem'],
      /is a private key; give the public/,
    ],
    [
      'a public key of another kind',
      ['verify', 'empty', '--public-key', 'rsa.pub'],
      /holds no public key \(Ed25519 or/,
    ],
    [
      'no number',
      ['verify', 'empty', '--rerun', 'x'],
      /--rerun x is no number of cells; write one like 20, or all/,
    ],
    ['a seed for nothing', ['verify', 'empty', '--seed', 'x'], /--seed is for --rerun, which is not given/],
  ])('%s', async (_, args, sentence) => {
    const { exit, stdout, stderr } = await cli(args)
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' })
    expect(stderr).toMatch(sentence)
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })
})

test('a profile of tests is none of the command line', async () => {
  const { exit, stdout } = await cli(['verify', storedBundle])
  expect(exit).toBe(1)
  expect(stdout).toContain('✘ certificate.json: there is no profile "mini"')
  expect(stdout).toMatch(/✘ the bundle does not hold$/)
})
