import { cp, mkdir, mkdtempDisposable, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findGo, GoFailure, type Go } from '../../harness/subject/go.ts'
import type { Edit } from '../../fixtures/bent.ts'
import { bendSources } from './recipe.ts'

const upstream = `package p

import "errors"

type List struct{ names []string }

func (l *List) Has(name string) bool {
	for _, one := range l.names {
		if one == name {
			return true
		}
	}
	return false
}

func check(name string) error {
	later := func() error { return errors.New(name) }
	if name == "" {
		return later()
	}
	if name == "x" && later() != nil {
		return later()
	}
	return nil
}
`

let folder: Awaited<ReturnType<typeof mkdtempDisposable>>
let go: Go
let plans = 0

beforeAll(async () => {
  folder = await mkdtempDisposable(join(tmpdir(), 'etcd-tls-test-bend-'))
  await mkdir(join(folder.path, 'from/p'), { recursive: true })
  await writeFile(join(folder.path, 'from/p/p.go'), upstream)
  await writeFile(join(folder.path, 'from/p/p_test.go'), 'not Go')
  await cp(bendSources, join(folder.path, 'bend'), {
    recursive: true,
    filter: (path) => !path.endsWith('.ts'),
  })
  go = await findGo(folder.path, new AbortController().signal)
})
afterAll(() => folder[Symbol.asyncDispose]())

type Change = Pick<Edit, 'in'> & Partial<Edit>

/** What becomes of the file, without what did not change. */
async function bend(...edits: Change[]): Promise<string> {
  const name = `plan-${String((plans += 1))}`
  const [from, to] = [join(folder.path, 'from'), join(folder.path, name)]
  const all = edits.map((edit) => ({ file: 'p/p.go', at: [], do: 'replace', code: '', ...edit }))
  const plan = join(folder.path, `${name}.json`)
  await writeFile(plan, JSON.stringify({ modules: [{ from, to, edits: all }] }))
  await go.run(['run', '.', plan], { folder: join(folder.path, 'bend'), toolchain: 'local' })
  const before = new Set(upstream.split('\n'))
  const lines = (await readFile(join(to, 'p/p.go'), 'utf8')).split('\n')
  return lines
    .map((line) => line.trim())
    .filter((line) => line !== '' && ![...before].some((old) => old.trim() === line))
    .join('\n')
}

test.each<[string, Change, string]>([
  [
    'a condition',
    { in: 'List.Has', at: [{ kind: 'if', names: ['one', 'name'] }], do: 'condition', code: 'true' },
    'if true {',
  ],
  [
    'what a range goes over',
    { in: 'List.Has', at: [{ kind: 'range', names: ['l.names'] }], do: 'over', code: 'l.names[:1]' },
    'for _, one := range l.names[:1] {',
  ],
  [
    'a statement within another',
    {
      in: 'List.Has',
      at: [
        { kind: 'range', names: [] },
        { kind: 'return', names: ['true'] },
      ],
      code: 'panic(name)',
    },
    'panic(name)',
  ],
  [
    'one of several',
    { in: 'check', at: [{ kind: 'if', names: ['name'], nth: 2, of: 2 }], do: 'before', code: 'name += "y"' },
    'name += "y"',
  ],
  [
    'one that lacks a name',
    {
      in: 'check',
      at: [{ kind: 'if', names: ['name'], not: ['later'] }],
      do: 'condition',
      code: 'name > ""',
    },
    'if name > "" {',
  ],
  [
    'one that has a text',
    { in: 'check', at: [{ kind: 'if', names: ['"x"'] }], do: 'condition', code: 'name == "z"' },
    'if name == "z" {',
  ],
  [
    'a call within a function literal',
    {
      in: 'check',
      at: [{ kind: 'call', names: ['errors.New'] }],
      code: 'other(name)',
      declare: 'var other = errors.New',
    },
    'later := func() error { return other(name) }\nvar other = errors.New',
  ],
  [
    'a whole body',
    { in: 'check', code: 'return wrong', imports: ['io'], declare: 'var wrong = errors.New(io.EOF.Error())' },
    'import "io"\nreturn wrong\nvar wrong = errors.New(io.EOF.Error())',
  ],
])('%s is bent', async (_, edit, expected) => {
  expect(await bend(edit)).toBe(expected)
})

test('several edits of one file are all made', async () => {
  const edits = [
    { in: 'List.Has', at: [{ kind: 'return', names: ['false'] }], code: 'return !false' },
    { in: 'check', do: 'before', code: 'name += "z"' },
  ] as const
  expect(await bend(...edits)).toBe('return !false\nname += "z"')
})

test.each<[string, Change, string]>([
  ['a function that is not there', { in: 'Has' }, 'function Has is there 0 times, not once'],
  [
    'a place that is not there',
    { in: 'check', at: [{ kind: 'range', names: [] }], code: 'x' },
    'range with any names is there 0 times, not 1',
  ],
  [
    'a place that is there twice',
    { in: 'check', at: [{ kind: 'if', names: ['name'] }], code: 'x' },
    'if with name is there 2 times, not 1',
  ],
  [
    'another number of places than was said',
    { in: 'check', at: [{ kind: 'if', names: ['name'], nth: 1, of: 3 }], code: 'x' },
    'is there 2 times, not 3',
  ],
  [
    'a name within a function literal only',
    { in: 'check', at: [{ kind: 'assign', names: ['errors'] }], code: 'x' },
    'is there 0 times',
  ],
  [
    'code that is the old one',
    { in: 'List.Has', at: [{ kind: 'if', names: ['one'] }], do: 'condition', code: 'one == name' },
    'the new code is the old one',
  ],
  ['code that is no Go', { in: 'check', code: 'return (' }, 'does not parse'],
  [
    'a condition of what has none',
    { in: 'List.Has', at: [{ kind: 'range', names: [] }], do: 'condition', code: 'x' },
    '"condition" cannot be done',
  ],
])('%s ends the build', async (_, edit, message) => {
  const bent = bend(edit)
  await expect(bent).rejects.toBeInstanceOf(GoFailure)
  await bent.catch((error: unknown) => expect((error as GoFailure).output).toContain(message))
})

test('edits of one place, and none at all, end the build', async () => {
  const edit = { in: 'check', at: [{ kind: 'call', names: ['errors.New'] }], code: 'x(name)' } as const
  await expect(bend(edit, edit)).rejects.toThrow(GoFailure)
  await expect(bend()).rejects.toThrow(GoFailure)
})
