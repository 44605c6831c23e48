import { setTimeout } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { rejected, seen } from '../judge/testing/seen.ts'
import { curl, grpc, http, type ProbeSpec } from '../scenario/index.ts'
import { LogBook } from '../world/log-book.ts'
import type { LogLine } from '../world/log-line.ts'
import { withLog } from './join.ts'

function member() {
  const log = new LogBook()
  const writer = log.writer()
  return { log, say: (...lines: string[]) => lines.forEach((line) => writer.write(Buffer.from(`${line}\n`))) }
}
const rejection = (port: number, error = 'EOF'): string => rejected(error, port).raw
const hostLine = (host: string): string =>
  JSON.stringify({ level: 'warn', msg: 'rejecting HTTP request to prevent DNS rebinding attacks', host })
const ask = http({ scheme: 'https', path: '/version' })
const asHost = (host: string): ProbeSpec => http({ scheme: 'http', path: '/version', host })
const joined = async (
  lines: string[],
  {
    what = seen(),
    spec = ask,
    from = 0,
  }: { what?: ReturnType<typeof seen>; spec?: ProbeSpec; from?: number } = {},
): Promise<string[]> => {
  const { log, say } = member()
  say(...lines)
  return (await withLog(what, spec, log, { from })).log.map(({ raw }) => raw)
}

describe('by the client’s port', () => {
  test('only its own lines are joined', async () => {
    const mine = rejection(40_000)
    expect(await joined([rejection(40_001), mine, rejection(4000)])).toEqual([mine])
  })
  test('of which another connection had before, only the later lines', async () => {
    const [old, mine] = [rejection(40_000, 'of the control'), rejection(40_000, 'of the probe')]
    expect(await joined([old, mine], { from: 1 })).toEqual([mine])
  })
  test('nothing is joined where the port is not known', async () => {
    const { localPort: _, ...what } = seen()
    expect(await joined([rejection(40_000)], { what })).toEqual([])
  })
})

describe('by the client’s address', () => {
  const { localPort: _, ...rest } = seen()
  test('where only that is known', async () => {
    const what = { ...rest, localAddress: '10.138.0.1' }
    expect(await joined([rejection(5)], { what })).toEqual([rejection(5)])
    expect(await joined([rejection(5)], { what: { ...rest, localAddress: '10.138.0.11' } })).toEqual([])
  })
  test('not where the port is known', async () => {
    const what = { ...seen(), localPort: 6, localAddress: '10.138.0.1' }
    expect(await joined([rejection(5)], { what })).toEqual([])
  })
})

describe('by the host', () => {
  test.each([
    ['attacker.example', 'attacker.example'],
    ['attacker.example:2379', 'attacker.example'],
    ['attacker.example:', 'attacker.example'],
    ['[fd00::1]:2379', 'fd00::1'],
    ['[fd00::1]', 'fd00::1'],
    ['10.0.0.1:80', '10.0.0.1'],
    ['fd00::1', 'fd00::1'],
    ['', ''],
  ])('%j is logged as %j', async (asked, logged) => {
    expect(await joined([hostLine(logged), hostLine('another.example')], { spec: asHost(asked) })).toEqual([
      hostLine(logged),
    ])
  })
  test('another host is another request', async () => {
    expect(await joined([hostLine('a.attacker.example')], { spec: asHost('attacker.example') })).toEqual([])
    expect(await joined([hostLine('m1.etcd.local')])).toEqual([])
  })
  test('is not for a probe that is no HTTP request of ours', async () => {
    const spec = grpc({ scheme: 'http', call: 'put', authority: 'attacker.example' })
    expect(await joined([hostLine('attacker.example')], { spec })).toEqual([])
    expect(await joined([hostLine('attacker.example')], { spec: curl({ args: [] }) })).toEqual([])
  })
})

// Two of these wait in vain.
describe.concurrent('with a line expected', () => {
  const reason = (line: LogLine) => line.error === 'the reason' || line.message === 'the reason'
  test('it is waited for', async () => {
    const { log, say } = member()
    const waiting = withLog(seen(), ask, log, { from: 0, expected: reason })
    say(rejection(40_000, 'another'), rejection(40_001, 'the reason'))
    await setTimeout(20)
    say(rejection(40_000, 'the reason'))
    expect((await waiting).log.map(({ error }) => error)).toEqual(['another', 'the reason'])
  })
  test('that of another connection does not do', async () => {
    const { log, say } = member()
    say(rejection(40_001, 'the reason'), hostLine('the reason'))
    const began = performance.now()
    expect((await withLog(seen(), ask, log, { from: 0, expected: reason })).log).toEqual([])
    expect(performance.now() - began).toBeLessThan(4000)
  })
  test('a line that names no connection is the probe’s, when it states the reason', async () => {
    const { log, say } = member()
    say('{"msg":"something else"}', '{"msg":"the reason"}')
    const { log: lines } = await withLog(seen(), ask, log, { from: 0, expected: reason })
    expect(lines.map(({ message }) => message)).toEqual(['the reason'])
  })
  test('but not one of before', async () => {
    const { log, say } = member()
    say('{"msg":"the reason"}')
    expect((await withLog(seen(), ask, log, { from: 1, expected: reason })).log).toEqual([])
  })
})
