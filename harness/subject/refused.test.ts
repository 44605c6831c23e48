import { writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { goRefused, refused } from '../../fixtures/release-table.ts'
import { releases } from '../../fixtures/releases.ts'
import { temporaryFolder } from '../engine/temporary.ts'
import type { HarnessError } from '../errors.ts'
import { parseSubject } from './parse.ts'
import type { Surroundings } from './road.ts'
import { moduleRoad } from './roads/module.ts'

afterEach(() => {
  vi.unstubAllEnvs()
})

/** A proxy that has every module but etcd's own, and every Go but those named; `says` is its refusal. */
const go = (without: string, says: string): string => `#!/bin/sh
case "$1" in
  env) echo '{"GOVERSION":"go1.26.8"}' ;;
  version) case "$GOTOOLCHAIN" in ${without}) echo 'go: download it: ${says}' >&2; exit 1 ;; esac ;;
  mod)
    shift 3
    for one; do
      path="\${one%@*}"
      case "$path" in
        go.etcd.io/* | */etcd) printf '{\\n"Path": "%s", "Error": "%s: ${says}"\\n}\\n' "$path" "$one" ;;
        *) printf '{\\n"Path": "%s", "Dir": "/nowhere"\\n}\\n' "$path" ;;
      esac
    done
    exit 1 ;;
esac
`

/** How asking for a subject ends where the engine keeps nothing. */
async function ending(subject: string, { without = 'go1.20.12 | go1.20.13', says = '403 Forbidden' } = {}) {
  await using folder = await temporaryFolder('test')
  await writeFile(join(folder.path, 'go'), go(without, says), { mode: 0o755 })
  vi.stubEnv('PATH', `${folder.path}${delimiter}${process.env['PATH'] ?? ''}`)
  const asked = parseSubject(subject)
  if (asked.road !== 'module') throw new Error(`${subject} is not a module`)
  const engine = { container: { dockerode: { listImages: () => Promise.resolve([]) } } }
  const surroundings = {
    ...{ engine, arch: 'amd64', runId: 'test', onProgress: () => undefined },
    signal: new AbortController().signal,
  } as unknown as Surroundings
  return await moduleRoad(asked, surroundings).then(
    () => expect.fail(`${subject} was built`),
    ({ code, exit, message }: HarnessError) => ({ code, exit, message }),
  )
}

test.each([
  ['3.2.2', '3.2.1 or 3.2.4'],
  ['3.2.3', '3.2.1 or 3.2.4'],
  ['3.2.17', '3.2.10 or 3.2.18'],
  ['3.2.19', '3.2.18 or 3.2.22'],
  ['3.2.20', '3.2.18 or 3.2.22'],
  ['3.2.21', '3.2.18 or 3.2.22'],
  ['3.3.7', '3.3.6 or 3.3.8'],
  ['3.4.45', '3.4.25 or 3.5.0'],
])('%s is not handed out; its neighbours are %s', async (version, near) => {
  expect(refused).toContain(version)
  const module = releases.find((one) => one.version === version)?.module ?? ''
  const message = `The module proxy does not hand out etcd ${version} (${module}); test a neighbour, ${near}.`
  expect(await ending(`module:${version}`)).toEqual({ code: 'module-refused', exit: 2, message })
})

test.each(goRefused)('%s: its Go is not handed out, said with the releases beside it', async (version) => {
  const { code, exit, message } = await ending(`module:${version}`)
  expect([code, exit]).toEqual(['no-toolchain', 2])
  expect(message).toMatch(/^The module proxy does not hand out Go 1\.20\.1[23], the Go of etcd 3\.5\.1[12]; /)
  expect(message).toContain(`neighbour, 3.5.10 or 3.5.15, or ask for another Go with ${version}+goX.Y.Z.`)
})

test('a Go that somebody chose is named; the releases beside it would not help', async () => {
  const { exit, message } = await ending('3.5.8+go1.20.12')
  expect(exit).toBe(2)
  expect(message).toMatch(
    /^3\.5\.8\+go1\.20\.12: Go 1\.20\.12 is not to be had as a toolchain .*403 Forbidden/,
  )
  expect(message).not.toContain('neighbour')
})

test('a proxy that does not answer is no refusal', async () => {
  const says = 'dial tcp: connection refused'
  expect(await ending('module:3.5.11', { says })).toMatchObject({ code: 'no-toolchain', exit: 3 })
  expect(await ending('module:3.2.2', { says })).toMatchObject({ code: 'no-module-proxy', exit: 3 })
})
