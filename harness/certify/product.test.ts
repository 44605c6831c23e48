import { expect, test } from 'vitest'
import { parseProduct } from './product.ts'

const good = "vendor: A\nproduct: B\nversion: '1'\ncontact: a@b.example\n"

test('what a vendor must say', () => {
  expect(parseProduct(good, 'p')).toEqual({ vendor: 'A', product: 'B', version: '1', contact: 'a@b.example' })
  expect(parseProduct(`${good}etcd: 3.6.16\nwebsite: https://b.example\n`, 'p')).toMatchObject({
    etcd: '3.6.16',
  })
})

test.each([
  [
    'a slip',
    good.replace('vendor', 'vendr'),
    'p, line 1: there is no field "vendr"; the nearest is "vendor"; there are',
  ],
  ['one that is missing', good.replace(/contact.*\n/, ''), 'p: the field contact is missing.'],
  ['a number', good.replace("'1'", '1.0'), 'p, line 3: version: write it as text, in quotes.'],
  ['an empty one', good.replace('product: B', "product: ' '"), 'p, line 2: product: it is empty.'],
  [
    'a contact that is none',
    good.replace('a@b.example', 'me'),
    'p, line 4: contact: write a mail address or a URL.',
  ],
  ['a field twice', `${good}vendor: B\n`, 'p, line 5: it is not YAML: Map keys must be unique'],
  ['broken YAML', 'vendor: [a\n', 'p, line 2: it is not YAML: '],
  ['a list', '- a\n', 'p, line 1: write it as fields: vendor, product'],
  ['nothing', '', 'p, line 1: write it as fields: '],
  ['an escape', good.replace('A', '"\\e[31mA"'), 'p, line 1: vendor: it holds a control character.'],
  ['a bomb', `${good}website: &a [x]\ndescription: *a\n`, 'p: write it without anchors'],
  ['a URL that is a script', `${good}website: "javascript:alert(1)"\n`, 'p, line 5: website: write a URL.'],
])('%s is told with its place', (_, text, sentence) => {
  expect(() => parseProduct(text, 'p')).toThrow(expect.objectContaining({ exit: 2 }))
  try {
    parseProduct(text, 'p')
  } catch (error) {
    expect((error as Error).message.slice(0, sentence.length)).toBe(sentence)
  }
})
