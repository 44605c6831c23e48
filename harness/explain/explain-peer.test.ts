import { describe, expect, test } from 'vitest'
import type { Shape } from '../../fixtures/pki/shaped.ts'
import type { Question } from './question.ts'
import { good, made, told, checksOf, deciding, markOf, dns, ip, zone } from './testing/ask.ts'

describe('a peer', () => {
  const from = '10.0.0.2'
  const at = (names: Shape['names'], question: Partial<Question> = {}) =>
    told({ cert: made({ ...good, ...(names && { names }) }), peer: { from }, ...question })

  test.each<[string, Shape['names'], string[] | undefined, string]>([
    ['no names', undefined, undefined, 'good'],
    ['its address', ip(from), undefined, 'good'],
    ['another address', ip('10.0.0.9'), undefined, 'bad'],
    ['a name, DNS unknown', dns('b.example'), undefined, 'open'],
    ['a name with its address', dns('b.example'), ['b.example=10.0.0.2'], 'good'],
    ['a name with another', dns('b.example'), ['b.example=10.0.0.9'], 'bad'],
    ['a name of its address', dns('b.example'), ['10.0.0.2=b.example'], 'good'],
    ['a name of its address in other letters', dns('b.example'), ['10.0.0.2=B.example'], 'bad'],
    ['a wildcard', dns('*.example'), ['10.0.0.2=a.b.example'], 'good'],
    ['a wildcard and the base', dns('*.example'), ['10.0.0.2=example'], 'bad'],
    [
      'another address and a good name',
      [...ip('10.0.0.9'), ...dns('b.example')],
      ['b.example=10.0.0.2'],
      'good',
    ],
    ['an address written as a name', dns(from), undefined, 'good'],
  ])('%s', (_, names, records, mark) => {
    const found = at(names, records === undefined ? {} : { resolver: zone(...records) })
    expect(markOf(found, 'address')).toBe(mark)
  })

  test('the questions are told in the order in which they are asked', () => {
    const found = at(dns('*.example', 'a.example', 'b.example'))
    expect(checksOf(found).find(({ id }) => id === 'address')?.asks).toEqual([
      'PTR 10.0.0.2: is a name of it a.example or b.example or one that ends with .example?',
      'A/AAAA a.example: is it 10.0.0.2?',
      'A/AAAA b.example: is it 10.0.0.2?',
    ])
  })

  test.each([
    ['3.1.20', '1.8.7', 'good'],
    ['3.2.1', '1.8.3', 'bad'],
    ['3.2.4', '1.8.3', 'good'],
  ])('an address beside a name that does not exist, on %s', (etcd, go, mark) => {
    const found = at([...ip(from), ...dns('no.example')], { build: { etcd, go }, resolver: zone('x=') })
    expect(markOf(found, 'address')).toBe(mark)
  })

  test('lists of common names, and one name with commas before 3.5.15', () => {
    const options = '--peer-client-cert-auth --peer-cert-allowed-cn=a,client'
    expect(deciding(at(undefined, { options }))).toBeUndefined()
    expect(deciding(at(undefined, { options, build: { etcd: '3.5.8', go: '1.19.8' } }))).toBe('common-name')
    const both = `${options} --peer-cert-allowed-hostname=b`
    expect(deciding(at(undefined, { options: both }))).toBe('start')
    const empty = '--peer-client-cert-auth --peer-cert-allowed-cn='
    expect(deciding(at(undefined, { options: empty }))).toBe('common-name')
  })

  test('both sides judge both certificates, and one refusal is enough', () => {
    const server = made({ ...good, usages: ['serverAuth'], names: ip('10.0.0.1') })
    const found = told({
      cert: made({ ...good, names: ip(from) }),
      server,
      to: '10.0.0.1',
      peer: { from, host: from },
    })
    expect(found.judgements.map(({ id, verdict }) => [id, verdict])).toEqual([
      ['member', 'accepted'],
      ['newcomer', 'accepted'],
      ['member-dials', 'accepted'],
      ['newcomer-answers', 'refused'],
    ])
    expect(found.verdict).toBe('refused')
  })

  test('who dials looks for the common name, too', () => {
    const server = made({ ...good, cn: ['m1'], names: ip('10.0.0.1') })
    const options = '--peer-client-cert-auth --peer-cert-allowed-cn=client'
    const found = at(ip(from), { server, to: '10.0.0.1', options })
    expect([found.judgements[0]?.verdict, deciding(found, 1)]).toEqual(['accepted', 'common-name'])
  })
})
