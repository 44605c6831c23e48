import { execFileSync } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip, gzipSync } from 'node:zlib'
import { pack, type Header } from 'tar-stream'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { temporaryFolder, type TemporaryFolder } from '../engine/temporary.ts'
import { openBundle } from './archive-read.ts'
import { writeArchive } from './archive-write.ts'
import { TarHeads } from './tar-heads.ts'
import { parseManifest, manifestText } from './manifest.ts'

let folder: TemporaryFolder
beforeEach(async () => void (folder = await temporaryFolder('bundle')))
afterEach(() => folder[Symbol.asyncDispose]())
const path = (name: string): string => join(folder.path, name)

type Entry = Partial<Header> & { name: string; text?: string; pax?: Record<string, string> }
async function archive(...entries: Entry[]): Promise<string> {
  const tar = pack()
  const written = pipeline(tar, createGzip(), createWriteStream(path('a.tgz')))
  for (const { text, ...header } of entries) tar.entry(header, text ?? '')
  tar.finalize()
  await written
  return path('a.tgz')
}
const refused = async (where: string, sentence: RegExp): Promise<void> => {
  const opened = openBundle(where)
  await expect(opened).rejects.toMatchObject({ code: 'bad-bundle', exit: 2 })
  await expect(openBundle(where)).rejects.toThrow(sentence)
}

/** The head of a file in a tar (POSIX ustar). */
function head(name: string, kind: string, size: number): Buffer {
  const bytes = Buffer.alloc(512)
  bytes.write(name, 0)
  bytes.write('0000644\0', 100)
  bytes.write(`${size.toString(8).padStart(11, '0')}\0`, 124)
  bytes.write(kind, 156)
  bytes.write('ustar\x0000', 257)
  bytes.fill(' ', 148, 156)
  const sum = bytes.reduce((all, one) => all + one, 0)
  bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return bytes
}
/** A head with its body, padded. */
const piece = (name: string, kind: string, body: string): Buffer =>
  Buffer.concat([head(name, kind, body.length), Buffer.from(body), Buffer.alloc(-body.length & 511)])
const end = Buffer.alloc(1024)
const pax = '14 path=two-b\n'

describe('an archive is refused that', () => {
  test('calls a file otherwise for other programs', async () => {
    // GNU tar takes out `b`.
    await refused(
      await archive({ name: 'a', text: 'x', pax: { 'GNU.sparse.name': 'b' } }),
      /a has more than a name and bytes in it/,
    )
  })

  test.each<[string, Buffer[], RegExp]>([
    [
      'names all its files at once',
      [piece('g', 'g', pax), piece('a', '0', 'x'), end],
      /says of all its files at once/,
    ],
    [
      'gives a file two long names',
      [piece('x', 'x', pax), piece('l', 'L', 'one\0'), piece('a', '0', 'x'), end],
      /a file in it has two names/,
    ],
    ['goes on behind its end', [piece('a', '0', 'x'), end, piece('b', '0', 'y'), end], /behind its end/],
    ['begins with its end', [end, piece('b', '0', 'y'), end], /behind its end/],
    ['has a size that is none', [head('a', '0', 1).fill('z', 124, 130), end], /a size in it is no number/],
  ])('%s', async (_, pieces, sentence) => {
    const bytes = Buffer.concat(pieces)
    await writeFile(path('g.tgz'), gzipSync(bytes))
    await refused(path('g.tgz'), sentence)
    // However its bytes come.
    const heads = new TarHeads()
    const odd = [...bytes].map((_, at) => heads.take(bytes.subarray(at, at + 1))).find(Boolean)
    expect(odd).toMatch(sentence)
  })

  test.each<[string, Entry[], RegExp]>([
    ['leaves its folder', [{ name: '../a', text: 'x' }], /"\.\.\/a" is no path of a bundle/],
    ['names the root', [{ name: '/etc/a', text: 'x' }], /"\/etc\/a" is no path/],
    ['leaves it on its way', [{ name: 'a/../../b', text: 'x' }], /is no path/],
    ['has odd letters', [{ name: 'a\\..\\b', text: 'x' }], /is no path/],
    ['has a name that hides', [{ name: 'a\u202Eb', text: 'x' }], /is no path/],
    ['has a link', [{ name: 'a', type: 'symlink', linkname: '/etc/passwd' }], /"a" is a symlink, not a file/],
    ['has a hard link', [{ name: 'a', type: 'link', linkname: '/etc/passwd' }], /"a" is a link, not a file/],
    ['has a device', [{ name: 'a', type: 'character-device' }], /is a character-device/],
    ['has a folder', [{ name: 'a', type: 'directory' }], /is a directory/],
    [
      'has a name twice',
      [
        { name: 'a', text: 'x' },
        { name: 'a', text: 'y' },
      ],
      /a and a differ in the case of letters only, or not/,
    ],
    [
      'has a name in other letters',
      [
        { name: 'a/b', text: 'x' },
        { name: 'A/b', text: 'y' },
      ],
      /A\/b and a\/b differ/,
    ],
    [
      'has a file where a folder is',
      [
        { name: 'a', text: 'x' },
        { name: 'a/b', text: 'y' },
      ],
      /is no \.tgz that can be unpacked/,
    ],
    ['holds no bundle', [{ name: 'a', text: 'x' }], /^$/],
  ])('%s', async (what, entries, sentence) => {
    const made = await archive(...entries)
    if (what !== 'holds no bundle') return refused(made, sentence)
    await using bundle = await openBundle(made)
    expect(bundle.paths).toEqual(['a'])
  })

  test('claims to be larger than anything', async () => {
    await writeFile(path('b.tgz'), gzipSync(head('a', '0', 0o77777777777)))
    await refused(path('b.tgz'), /a has more than 536870912 bytes/)
  })

  test('has a name without end', async () => {
    await archive({ name: 'a', pax: { path: 'x'.repeat(3_000_000) }, text: 'x' })
    await refused(path('a.tgz'), /there is too much between its files/)
  })

  test.each([
    ['is cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length - 12)],
    ['is no tar', () => gzipSync('x'.repeat(2000))],
    ['is no gzip', () => Buffer.from('PK\x03\x04')],
    ['is nothing', () => Buffer.alloc(0)],
  ])('%s', async (_, change) => {
    const bytes = await readFile(await archive({ name: 'a', text: 'x'.repeat(500) }))
    await writeFile(path('c.tgz'), change(bytes))
    await refused(path('c.tgz'), /is no bundle that can be read/)
  })

  test('is not there', () => refused(path('none'), /there is nothing of that name/))
})

describe('a folder is refused that', () => {
  beforeEach(() => mkdir(path('f')))
  test('has a link', async () => {
    await symlink('/etc/passwd', path('f/a'))
    await refused(path('f'), /"a" is no plain file/)
  })
  test('has a pipe', async () => {
    execFileSync('mkfifo', [path('f/a')])
    await refused(path('f'), /"a" is no plain file/)
  })
  test('has two names that are one elsewhere', async () => {
    await Promise.all(['a', 'A'].map((name) => writeFile(path(`f/${name}`), '')))
    await refused(path('f'), /differ in the case/)
  })
  test('has odd letters', async () => {
    await writeFile(path('f/a b\n'), '')
    await refused(path('f'), /"a b\\n" is no path/)
  })
})

test('an archive is the same for the same files, and has them again', async () => {
  await mkdir(path('f/evidence'), { recursive: true })
  const long = `evidence/${'x'.repeat(200)}.txt`
  await Promise.all([
    writeFile(path('f/a'), 'one'),
    writeFile(path(`f/${long}`), 'two'),
    writeFile(path('f/b'), ''),
  ])
  await writeArchive(path('f'), path('1.tgz'))
  await writeArchive(path('f'), path('2.tgz'))
  expect((await readFile(path('1.tgz'))).equals(await readFile(path('2.tgz')))).toBe(true)
  await using bundle = await openBundle(path('1.tgz'))
  expect(bundle.paths).toEqual(['a', 'b', long])
  expect((await bundle.read(long)).toString()).toBe('two')
})

describe('a manifest', () => {
  const digests = new Map([
    ['b', '0'.repeat(64)],
    ['a', 'f'.repeat(64)],
  ])
  test('is read as it was written, sorted', () => {
    expect(parseManifest(manifestText(digests)).slips).toEqual([])
    expect(new Map(parseManifest(manifestText(digests)).digests)).toEqual(digests)
  })
  test.each([
    ['another first line', (text: string) => text.replace('bundle 1', 'bundle 2'), /first line is not/],
    ['no end', (text: string) => text.slice(0, -1), /does not end/],
    ['a line twice', (text: string) => `${text}${'1'.repeat(64)}  a\n`, /a stands there twice/],
    ['something else', (text: string) => `${text}x\n`, /line 4 is no digest/],
    ['another order', (text: string) => `${text}${'1'.repeat(64)}  0\n`, /not sorted/],
  ])('with %s is not as it should be', (_, change, slip) => {
    expect(parseManifest(change(manifestText(digests))).slips.join()).toMatch(slip)
  })
})
