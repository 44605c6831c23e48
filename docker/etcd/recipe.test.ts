import { expect, test } from 'vitest'
import { buildArguments, buildFlags, commandSources, goMod } from './recipe.ts'

test('go.mod carries the language and the runtime settings of upstream', () => {
  const text = goMod('go.etcd.io/etcd/server/v3', 'v3.6.16', { go: '1.26.0', godebug: ['tlsmlkem=0'] })
  expect(text.split('\n\n')).toEqual([
    'module etcd-tls/build',
    'go 1.26.0',
    'godebug tlsmlkem=0',
    'require go.etcd.io/etcd/server/v3 v3.6.16',
    '',
  ])
})

test('a module without go line gets none', () => {
  expect(goMod('go.etcd.io/etcd', 'v0.5.0', { godebug: [] })).not.toContain('\ngo ')
})

test('Go 1.12 is told neither -trimpath nor -mod=mod, which it does not know', () => {
  expect(buildArguments(12, 'out', 'p')).not.toContain('-trimpath')
  expect(buildFlags(12)).toBe('')
  expect(buildArguments(13, 'out', 'p')).toContain('-trimpath')
  expect(buildFlags(14)).toBe('-mod=mod')
})

test('3.4 is one module, 3.5 has two', () => {
  expect(new Set(commandSources('3.4').map(({ module }) => module)).size).toBe(1)
  expect(new Set(commandSources('3.5').map(({ module }) => module)).size).toBe(2)
})
