import { mkdir, mkdtempDisposable, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { engineClient, runLabel } from '../engine/client.ts'
import { makeRunId } from '../engine/run-id.ts'
import { buildArguments } from '../../docker/etcd/recipe.ts'
import { describeSubject } from './describe.ts'
import { findGo } from './go.ts'
import { importCommands } from './kept-image.ts'
import { runOnce } from './one-shot.ts'
import type { Surroundings } from './road.ts'

/** Says what it is told to; `hangs` never ends, `floods` never stops talking, `hangs-quietly` closes its output first. */
const program = `package main

import (
	"fmt"
	"os"
	"strings"
	"time"
)

func main() {
	what := os.Args[1]
	if what == "--version" {
		said, _ := os.ReadFile("/says")
		fmt.Print(string(said))
		return
	}
	switch what {
	case "hangs-quietly":
		os.Stdout.Close()
		os.Stderr.Close()
		time.Sleep(time.Hour)
	case "hangs":
		fmt.Println("etcd Version: 3.6.16")
		time.Sleep(time.Hour)
	case "floods":
		for {
			fmt.Println(strings.Repeat("x", 4096))
		}
	case "fails":
		fmt.Fprintln(os.Stderr, "no")
		os.Exit(7)
	}
}
`
const versions = (etcd: string) => `etcd Version: ${etcd}\nGo Version: go1.26.10\n`

let surroundings: Surroundings
const made = new Set<string>()

/** An image whose \`etcd --version\` says \`says\`. */
let imageThat: (says: string) => Promise<string>
let cleanUp: () => Promise<void>

beforeAll(async () => {
  const engine = await engineClient()
  const { Arch: arch } = await engine.container.dockerode.version()
  const { signal } = new AbortController()
  surroundings = { engine, arch, runId: makeRunId(), signal, onProgress: () => undefined }
  const folder = await mkdtempDisposable(join(tmpdir(), `etcd-tls-${surroundings.runId}-test-`))
  cleanUp = () => folder.remove()
  const source = join(folder.path, 'source')
  await mkdir(source)
  await writeFile(join(source, 'go.mod'), 'module odd\n\ngo 1.21\n')
  await writeFile(join(source, 'main.go'), program)
  const go = await findGo(folder.path, signal)
  const path = join(folder.path, 'odd')
  const environment = { CGO_ENABLED: '0', GOOS: 'linux', GOARCH: arch }
  await go.run(buildArguments(26, path, '.'), { folder: source, toolchain: 'local', environment })
  imageThat = async (says) => {
    const text = join(folder.path, 'says')
    await writeFile(text, says)
    const tag = `test-${surroundings.runId}-${String(made.size)}`
    const files = [
      { name: 'etcd', path },
      { name: 'says', path: text, at: '' },
    ]
    const reference = await importCommands(
      files,
      { subject: `test:${tag}`, recipe: 'none', tag },
      surroundings,
    )
    made.add(reference)
    return reference
  }
})

afterAll(async () => {
  for (const reference of made) await surroundings.engine.container.dockerode.getImage(reference).remove()
  await cleanUp()
})

const leftover = async (): Promise<number> => {
  const filters = { label: [`${runLabel}=${surroundings.runId}`] }
  return (await surroundings.engine.container.dockerode.listContainers({ all: true, filters })).length
}

describe('a command that', () => {
  let image: string
  beforeAll(async () => {
    image = await imageThat(versions('3.6.16'))
  })
  const run = (...args: string[]) => runOnce(image, ['/usr/local/bin/etcd', ...args], surroundings)

  test('ends is read with both its outputs and its exit status', async () => {
    expect(await run('--version')).toEqual({ exit: 0, output: versions('3.6.16') })
    expect(await run('fails')).toEqual({ exit: 7, output: 'no\n' })
  })

  test('never stops talking is stopped at once', async () => {
    const began = performance.now()
    await expect(run('floods')).rejects.toThrow(expect.objectContaining({ code: 'command-floods', exit: 2 }))
    expect(performance.now() - began).toBeLessThan(10_000)
  })

  test.concurrent.each(['hangs', 'hangs-quietly'])('%s is stopped at the limit', async (how) => {
    const hanging = runOnce(image, ['/usr/local/bin/etcd', how], surroundings, 2000)
    await expect(hanging).rejects.toThrow(expect.objectContaining({ code: 'command-hangs', exit: 2 }))
  })

  test('is not there is named', async () => {
    const gone = runOnce(image, ['/usr/local/bin/none'], surroundings)
    await expect(gone).rejects.toThrow(expect.objectContaining({ code: 'command-missing', exit: 2 }))
  })

  test('is interrupted ends with the reason', async () => {
    const abort = new AbortController()
    const hanging = runOnce(image, ['/usr/local/bin/etcd', 'hangs'], {
      ...surroundings,
      signal: abort.signal,
    })
    setTimeout(() => abort.abort(new Error('interrupted')), 500)
    await expect(hanging).rejects.toThrow('interrupted')
  })

  test('did any of this leaves no container', async () => {
    expect(await leftover()).toBe(0)
  })
})

describe('a build that', () => {
  const describeThat = async (says: string, expects = {}) =>
    describeSubject(
      'file:/odd',
      { source: 'binary', reference: await imageThat(says), expects, fresh: true },
      surroundings,
    )

  test('says another version than was asked for is refused, naming both', async () => {
    await expect(describeThat(versions('3.6.15'), { etcd: '3.6.16' })).rejects.toThrow(/3\.6\.16.*3\.6\.15/)
    await expect(describeThat(versions('3.6.16'), { go: '1.19.8' })).rejects.toThrow(/1\.19\.8.*1\.26\.10/)
  })

  test('is no etcd is refused in one clean sentence', async () => {
    const refusal = describeThat(`\u001b[2J${'A'.repeat(100_000)}`)
    await expect(refusal).rejects.toThrow(expect.objectContaining({ code: 'not-etcd', exit: 2 }))
    await expect(refusal).rejects.toThrow(/^\P{Cc}{1,300}$/u)
  })

  test('has the version but not the flags of etcd is refused', async () => {
    await expect(describeThat(versions('3.6.16'))).rejects.toThrow(
      expect.objectContaining({ code: 'no-flags' }),
    )
  })
})
