import { expect, test } from 'vitest'
import { queryOf } from './dns-query.ts'

const line = (rest: string): string => `[INFO] etcd-tls-query ${rest}`

test.each([
  ['A b.com. NXDOMAIN', { type: 'A', name: 'b.com', rcode: 'NXDOMAIN' }],
  ['PTR 2.0.138.10.in-addr.arpa. NOERROR', { type: 'PTR', name: '10.138.0.2', rcode: 'NOERROR' }],
  ['A lost.com. -', { type: 'A', name: 'lost.com', rcode: '-' }],
  ['SOA . NOERROR', { type: 'SOA', name: '.', rcode: 'NOERROR' }],
  ['A 2.0.138.10.in-addr.arpa. NOERROR', { type: 'A', name: '2.0.138.10.in-addr.arpa', rcode: 'NOERROR' }],
])('%s', (rest, expected) => {
  expect(queryOf(line(`10.138.0.1 ${rest}`))).toEqual({ from: '10.138.0.1', ...expected })
})

test.each(['.:53', 'CoreDNS-1.15.0', '[INFO] 10.138.0.1 A b.com. NOERROR', line('10.138.0.1 A b.com.')])(
  'no query: %s',
  (text) => expect(queryOf(text)).toBeUndefined(),
)
