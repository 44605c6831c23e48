import { readFileSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { temporaryFolder } from '../engine/temporary.ts'
import { findGo, GoFailure } from './go.ts'

const { signal: never } = new AbortController()
const makeFolder = () => temporaryFolder('test')

/** A `go` of our own first on the PATH: a shell script that answers `go env` and does `then` otherwise. */
async function fakeGo(folder: string, settings: Record<string, string>, then = 'env') {
  const script = `#!/bin/sh\nif [ "$1" = env ]; then echo '${JSON.stringify(settings)}'; else ${then}; fi\n`
  await writeFile(join(folder, 'go'), script, { mode: 0o755 })
  vi.stubEnv('PATH', `${folder}${delimiter}${process.env['PATH'] ?? ''}`)
}

const environmentOf = (output: string) =>
  new Map(output.split('\n').map((line) => [line.replace(/=.*/s, ''), line.replace(/^[^=]*=/, '')] as const))

afterEach(() => {
  vi.unstubAllEnvs()
})

describe('no Go to work with ends with exit 3 and what to do', () => {
  test('none on the PATH', async () => {
    await using folder = await makeFolder()
    vi.stubEnv('PATH', folder.path)
    await expect(findGo(folder.path, never)).rejects.toThrow(
      expect.objectContaining({
        code: 'no-go',
        exit: 3,
        message: expect.stringContaining('go.dev/dl') as string,
      }),
    )
  })

  test('one from before toolchains', async () => {
    await using folder = await makeFolder()
    await fakeGo(folder.path, { GOVERSION: 'go1.20.14' })
    await expect(findGo(folder.path, never)).rejects.toThrow(/go1\.20\.14 is too old/)
    await fakeGo(folder.path, { GOVERSION: 'go1.21.0' })
    await expect(findGo(folder.path, never)).resolves.toBeDefined()
  })
})

test("the user's flags and toolchain do not reach the build, their proxy and cache do", async () => {
  await using folder = await makeFolder()
  await fakeGo(folder.path, { GOVERSION: 'go1.26.8', GOPROXY: 'https://p.example', GOMODCACHE: '/cache' })
  for (const [name, value] of Object.entries({
    GOFLAGS: '-race',
    GOEXPERIMENT: 'x',
    GODEBUG: 'y=1',
    CGO_CFLAGS: '-g',
  }))
    vi.stubEnv(name, value)
  vi.stubEnv('GOTOOLCHAIN', 'local')
  vi.stubEnv('HTTPS_PROXY', 'http://proxy.example')
  const go = await findGo(folder.path, never)
  const output = await go.run(['version'], {
    folder: folder.path,
    toolchain: '1.19.0',
    environment: { GOOS: 'linux' },
  })
  const seen = environmentOf(output)
  for (const name of ['GOFLAGS', 'GOEXPERIMENT', 'GODEBUG', 'CGO_CFLAGS'])
    expect(seen.has(name), name).toBe(false)
  expect(Object.fromEntries(seen)).toMatchObject({
    GOENV: 'off',
    GOOS: 'linux',
    GOMODCACHE: '/cache',
    GOPROXY: 'https://p.example',
    GOTOOLCHAIN: 'go1.19',
    HTTPS_PROXY: 'http://proxy.example',
  })
})

test('Go 1.12 gets one proxy, later ones the list', async () => {
  await using folder = await makeFolder()
  await fakeGo(folder.path, { GOVERSION: 'go1.26.8', GOPROXY: 'https://p.example,direct' })
  const go = await findGo(folder.path, never)
  const proxyOf = async (toolchain: string) =>
    environmentOf(await go.run(['version'], { folder: folder.path, toolchain })).get('GOPROXY')
  expect(await proxyOf('1.12.17')).toBe('https://p.example')
  expect(await proxyOf('1.13.0')).toBe('https://p.example,direct')
})

test('a failure carries what go said', async () => {
  await using folder = await makeFolder()
  await fakeGo(folder.path, { GOVERSION: 'go1.26.8' }, 'echo first >&2; echo second >&2; exit 1')
  const go = await findGo(folder.path, never)
  const failure = go.run(['build'], { folder: folder.path, toolchain: 'local' })
  await expect(failure).rejects.toThrow('go build: second')
  await expect(failure).rejects.toBeInstanceOf(GoFailure)
})

test('the signal ends go and what go started, with its own reason', async () => {
  await using folder = await makeFolder()
  const pid = join(folder.path, 'pid')
  await fakeGo(
    folder.path,
    { GOVERSION: 'go1.26.8' },
    `sleep 600 & echo $! > ${pid}.new; mv ${pid}.new ${pid}; wait`,
  )
  const abort = new AbortController()
  const go = await findGo(folder.path, abort.signal)
  const run = go.run(['build'], { folder: folder.path, toolchain: 'local' })
  const child = await vi.waitFor(async () => Number(await readFile(pid, 'utf8')), { timeout: 5000 })
  expect(isAlive(child)).toBe(true)
  abort.abort(new Error('interrupted'))
  await expect(run).rejects.toThrow('interrupted')
  await vi.waitFor(() => expect(isAlive(child)).toBe(false), { timeout: 5000 })
})

/** A zombie that init has not fetched yet has ended. */
function isAlive(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${String(pid)}/stat`, 'utf8'))
  } catch {
    return false
  }
}
