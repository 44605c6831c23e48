import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildProgram } from '../program.ts'
import { complete } from './complete.ts'
import { toldShell, type ToldShell } from './testing/told-shell.ts'

const program = buildProgram(() => undefined)
const offered = async (...words: string[]): Promise<string[]> =>
  (await complete(program, words)).map((line) => line.split('\t', 1)[0] ?? '')

describe('what a command line may go on with', () => {
  test('every command that is shown, and no other', async () => {
    const shown = program.createHelp().visibleCommands(program)
    expect(await offered('')).toEqual(expect.arrayContaining(shown.map((command) => command.name())))
    expect(await offered('')).not.toContain('complete')
    expect(await offered('completi')).toEqual(['completion'])
  })
  test('every option of every command', async () => {
    for (const command of program.createHelp().visibleCommands(program)) {
      const longs = command.options.filter(({ hidden }) => !hidden).map(({ long }) => long)
      expect(await offered(command.name(), '--')).toEqual(expect.arrayContaining(longs))
    }
  })
  test.each([
    [['run', '--etcd', 'liar:whitelist-ig'], ['liar:whitelist-ignored']],
    [['run', '--etcd', '3.6.1'], expect.arrayContaining(['3.6.16'])],
    [['run', '--etcd=bent:ip-san-ig'], ['--etcd=bent:ip-san-ignored']],
    [['list', '--only', 'security/host-wh'], expect.arrayContaining(['security/host-whitelist'])],
    [['bisect', 'security/host-whitelist/several-names:host=l'], []],
    [
      ['bisect', 'security/host-whitelist/several-names:host=e'],
      ['security/host-whitelist/several-names:host=etcd.example'],
    ],
    [['run', 'my'], [':files']],
    [['run', '--out', ''], [':files']],
    [['new', '--kind', 't'], ['timeline']],
    [
      ['page', 'x.html', '--page', 'security-'],
      ['security-v2', 'security-guide'],
    ],
    [['explain', '--etcd', '3.6.16'], ['3.6.16']],
    [
      ['completion', ''],
      ['bash', 'zsh', 'fish'],
    ],
    [['completion', 'bash', ''], []],
    [['nosuch', ''], []],
  ])('%j', async (words, expected) => {
    expect(await offered(...words)).toEqual(expected)
  })
})

describe('a shell that was told', () => {
  let told: ToldShell
  beforeAll(async () => {
    told = await toldShell()
  })
  afterAll(() => told[Symbol.asyncDispose]())

  // What is offered replaces the last piece of the word only: bash ends words at ":" and "=".
  test.each([
    ['etcd-tls completi', ['completion']],
    ['etcd-tls run --base', ['--baseline']],
    ['etcd-tls run --etcd liar:whitelist-ig', ['whitelist-ignored']],
    ['etcd-tls run --etcd=liar:whitelist-ig', ['whitelist-ignored']],
    ['etcd-tls bisect security/host-whitelist/several-names:host=e', ['etcd.example']],
    ['etcd-tls run --etcd 3.6.16 my', ['my.scenario.ts']],
    ['etcd-tls completion ', ['bash', 'zsh', 'fish']],
    ['etcd-tls nosuch ', []],
  ])('bash: %j', async (line, expected) => {
    const script = `source ./bash; COMP_LINE=$1 COMP_POINT=\${#1}; _etcd_tls; printf '%s\\n' "\${COMPREPLY[@]}"`
    expect(await told.play('bash', ['-c', script, 'bash', line])).toEqual(expected)
  })
  test('bash: the command is bound to it', async () => {
    expect(await told.play('bash', ['-c', 'source ./bash; complete -p etcd-tls'])).toEqual([
      'complete -F _etcd_tls etcd-tls',
    ])
  })
})
