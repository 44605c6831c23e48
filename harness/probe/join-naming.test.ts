import { expect, test } from 'vitest'
import { grpc, http, type ProbeSpec } from '../scenario/index.ts'
import { LogBook } from '../world/log-book.ts'
import { rejected, seen } from '../judge/testing/seen.ts'
import { withLog } from './join.ts'

const ask = http({ scheme: 'http', path: '/version', host: 'attacker.example:2379' })
const call = grpc({ scheme: 'https', call: 'put' })
const zap = (fields: object) => JSON.stringify({ level: 'warn', msg: 'rejected', ...fields })
const tls = 'rejected connection on client endpoint'
const host = 'rejecting HTTP request to prevent DNS rebinding attacks'

/** Messages of the lines that are held to belong to a probe from port 40000. */
async function joined(line: string, spec: ProbeSpec = ask): Promise<string[]> {
  const book = new LogBook()
  book.writer().write(Buffer.from(`${line}\n`))
  const { log } = await withLog(seen(), spec, book, { from: 0, expected: () => true })
  return log.map(({ message }) => message)
}

test.each([
  ['its port', zap({ msg: tls, 'remote-addr': '10.138.0.1:40000' }), ask],
  ['its host, for a request', zap({ msg: host, host: 'attacker.example' }), ask],
  ['nobody, where etcd names nobody', zap({ msg: 'cannot find a user for permission check' }), call],
])('a line belongs to a probe when it names %s', async (_, line, spec) => {
  expect(await joined(line, spec)).toHaveLength(1)
})

// Each is waited for in vain.
test.concurrent.each([
  ['another port', rejected('EOF', 40_001).raw],
  ['no connection', zap({ msg: tls, error: 'EOF' })],
  ['a connection that is none', zap({ msg: tls, 'remote-addr': 'somebody' })],
  ['no host', zap({ msg: host })],
  ['another host', zap({ msg: host, host: 'another.example' })],
])(
  'a refusal in the log that names %s is not the one of this probe',
  async (_, line) => {
    expect(await joined(line)).toEqual([])
  },
  10_000,
)

test('of a build that writes without end for a connection the first lines are kept, and the reason', async () => {
  const book = new LogBook()
  const chatter = `${rejected('chatter').raw}\n`.repeat(500)
  book.writer().write(Buffer.from(`${chatter}${rejected('the reason').raw}\n${chatter}`))
  const expected = ({ error }: { error?: string }) => error === 'the reason'
  const { log } = await withLog(seen(), ask, book, { from: 0, expected })
  expect(log.length).toBeLessThanOrEqual(20)
  expect(log.at(-1)?.error).toBe('the reason')
  expect(log[0]?.index).toBe(0)
})
