import { copyFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../engine/temporary.ts'
import { findGo } from '../subject/go.ts'
import { goSays } from './testing/go-verdicts.ts'
import { lineOf, oddities } from './testing/oddities.ts'

test.each([['1.26.10'], ['1.23.9']])(
  'Go %s says of odd certificates what is recorded',
  { timeout: 600_000 },
  async (version) => {
    await using folder = await temporaryFolder('ask-go')
    const { path } = folder
    await writeFile(join(path, 'go.mod'), `module ask\n\ngo ${version}\n`)
    await copyFile(join(import.meta.dirname, 'testing/ask-go/main.go'), join(path, 'main.go'))
    const go = await findGo(path, AbortSignal.timeout(600_000))
    await go.run(['build', '-o', 'ask', '.'], { folder: path, toolchain: version })
    const input = Object.entries(oddities).map(([name, one]) => `${lineOf(name, one)}\n`)
    const { stdout } = await execa(join(path, 'ask'), { input: input.join('') })
    const said = stdout.split('\n').map((line) => line.split('\t'))
    const wrong = said
      .map(([name = '', verdict = '', detail = '']) => {
        const word = verdict === 'yes' && detail !== 'leaf' ? `yes ${detail}` : verdict
        return { name, word, recorded: goSays(name, version) }
      })
      .filter(({ word, recorded }) => word !== recorded)
    expect(said).toHaveLength(input.length)
    expect(wrong).toEqual([])
  },
)
