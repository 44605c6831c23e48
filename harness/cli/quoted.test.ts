import { execa } from 'execa'
import { expect, test } from 'vitest'
import { quoted } from './quoted.ts'

test.each([['report/run.sh'], ["re port/it's $HOME/run.sh"], ['a [b]*.ts']])(
  '%s is one word of a shell',
  async (word) => {
    const { stdout } = await execa('sh', ['-c', `printf %s ${quoted(word)}`])
    expect(stdout).toBe(word)
  },
)
test('what needs no quotes has none', () => {
  expect(quoted('report/run.sh')).toBe('report/run.sh')
})
