import { expect, test } from 'vitest'
import { words } from './words.ts'

test.each([
  ['--a --b=c', ['--a', '--b=c']],
  ['etcd --a', ['--a']],
  ['/usr/local/bin/etcd --a', ['--a']],
  ['--name etcd', ['--name', 'etcd']],
  ['  --a\t\n --b  ', ['--a', '--b']],
  ['--a="x y" --b=\'p "q"\'', ['--a=x y', '--b=p "q"']],
  ['--a=x\\ y --b="\\"q\\""', ['--a=x y', '--b="q"']],
  ['--a \\\n  --b', ['--a', '--b']],
  ['--a= --b ""', ['--a=', '--b', '']],
  ['', []],
])('%s', (text, expected) => {
  expect(words(text)).toEqual(expected)
})

test.each(["--a='b", '--a "b'])('%s: the quote does not end', (text) => {
  expect(() => words(text)).toThrow(expect.objectContaining({ code: 'options-quote', exit: 2 }))
})

test('a variable in front is told as the flag that it stands for', () => {
  expect(() => words('ETCD_CLIENT_CERT_AUTH=true etcd --name m1')).toThrow(
    expect.objectContaining({
      ...{ code: 'options-variable', exit: 2 },
      message: '--options: write the variable ETCD_CLIENT_CERT_AUTH as the flag --client-cert-auth.',
    }),
  )
})
