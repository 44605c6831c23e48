import { afterAll, beforeAll, expect, test } from 'vitest'
import { toldShell, type ToldShell } from './testing/told-shell.ts'

/** In full, since they need zsh and fish on the host, which nothing else does. */
let told: ToldShell
beforeAll(async () => {
  told = await toldShell()
})
afterAll(() => told[Symbol.asyncDispose]())

test.each(['source ./zsh', 'autoload -Uz compinit; compinit -u; source ./zsh'])('zsh: %s', async (script) => {
  const bound = `${script}; print -r -- $_comps[etcd-tls]`
  expect(await told.play('zsh', ['-f', '-c', bound])).toEqual(['_etcd-tls'])
})

test('zsh says nothing of its own accord', async () => {
  const reading = 'autoload -Uz compinit; compinit -u; source ./zsh'
  expect(await told.play('zsh', ['-f', '-c', reading])).toEqual([])
})

test('fish', async () => {
  const asked = 'source ./fish; complete -C "etcd-tls completi"'
  expect((await told.play('fish', ['-N', '-c', asked]))[0]).toMatch(/^completion\t/)
})
