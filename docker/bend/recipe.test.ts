import { expect, test } from 'vitest'
import type { Edit } from '../../fixtures/bent.ts'
import { editsByModule, replaceLines } from './recipe.ts'

const edit = (module: Edit['module'], file: string): Edit => ({
  module,
  file,
  in: 'f',
  at: [],
  do: 'replace',
  code: '',
})
const both = [edit('server', 'embed/etcd.go'), edit('client/pkg', 'transport/listener.go')]
const files = (line: string) =>
  [...editsByModule(both, line)].map(([module, edits]) => [module, ...edits.map(({ file }) => file)])

test('an edit finds its module and its folder by the line', () => {
  expect(files('3.6')).toEqual([
    ['go.etcd.io/etcd/server/v3', 'embed/etcd.go'],
    ['go.etcd.io/etcd/client/pkg/v3', 'transport/listener.go'],
  ])
  expect(files('3.4')).toEqual([['go.etcd.io/etcd', 'embed/etcd.go', 'pkg/transport/listener.go']])
})

test('a folder with odd letters is quoted as go.mod wants it', () => {
  expect(replaceLines(new Map([['m/v3', '/tmp/a b']]))).toBe('\nreplace m/v3 => "/tmp/a b"\n')
})
