import { expect, test } from 'vitest'
import { FlightReader, flightLimit } from './server-flight.ts'
import { Malformed, u16, u24, u8, vector16, vector24, vector8 } from './wire.ts'

const record = (type: number, ...body: Buffer[]) => Buffer.concat([u8(type), u16(0x0303), vector16(...body)])
const message = (type: number, ...body: Buffer[]) => Buffer.concat([u8(type), vector24(...body)])
const serverHello = (random: Buffer, version: number, extensions: Buffer) =>
  message(2, u16(version), random, vector8(), u16(0xc02f), u8(0), extensions)
const zeros = Buffer.alloc(32)
const tls13 = vector16(u16(43), vector16(u16(0x0304)))
const retry = Buffer.from('cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c', 'hex')

function read(...chunks: Buffer[]) {
  const reader = new FlightReader()
  for (const chunk of chunks) reader.push(chunk)
  return reader.flight
}
/** One chunk per byte: nothing may depend on how TCP cut the stream. */
const bytewise = (bytes: Buffer): Buffer[] => [...bytes].map((byte) => Buffer.of(byte))

const leaf = Buffer.from('leaf')
const full = Buffer.concat([
  record(22, serverHello(zeros, 0x0303, vector16())),
  record(22, message(11, vector24(vector24(leaf), vector24(Buffer.from('root')))), message(13, u24(0))),
  record(22, message(14)),
])

test('a TLS 1.2 flight: version, suite, leaf, request, done', () => {
  const wanted = {
    version: '1.2',
    suite: 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
    leaf,
    certificateAsked: true,
    done: true,
  }
  expect(read(full)).toEqual(wanted)
  expect(read(...bytewise(full))).toEqual(wanted)
})

test('a flight without a request says that none was seen', () => {
  expect(read(record(22, serverHello(zeros, 0x0302, vector16()), message(14)))).toMatchObject({
    version: '1.1',
    certificateAsked: false,
  })
})

test('a message over two records is put together', () => {
  const hello = serverHello(zeros, 0x0303, vector16())
  const flight = read(record(22, hello.subarray(0, 10)), record(22, hello.subarray(10)))
  expect(flight).toMatchObject({ version: '1.2', done: false })
})

test('a ServerHello before extensions were known', () => {
  expect(read(record(22, serverHello(zeros, 0x0301, Buffer.alloc(0))))).toMatchObject({ version: '1.0' })
})

test('TLS 1.3 and its HelloRetryRequest', () => {
  expect(read(record(22, serverHello(zeros, 0x0303, tls13)))).toMatchObject({ version: '1.3', done: true })
  expect(read(record(22, serverHello(retry, 0x0303, tls13)))).toMatchObject({
    version: '1.3',
    retry: true,
    done: true,
  })
})

test('alerts: a fatal one ends it, a warning does not, close_notify does', () => {
  expect(read(record(21, u8(2), u8(70)))).toEqual({ alert: 70, done: true })
  expect(read(record(21, u8(1), u8(112)), record(21, u8(2), u8(40)))).toEqual({ alert: 40, done: true })
  expect(read(record(21, u8(1), u8(0)))).toEqual({ alert: 0, done: true })
})

test.each([
  ['HTTP', Buffer.from('HTTP/1.0 400 Bad Request\r\n')],
  ['a record too long', Buffer.concat([u8(22), u16(0x0303), u16(20000)])],
  ['an alert of three bytes', record(21, Buffer.alloc(3))],
  ['a message too long', record(22, u8(11), u24(0xffffff))],
  ['a ServerHello cut short', record(22, message(2, u16(0x0303), Buffer.alloc(5)))],
  ['a length beyond its message', record(22, message(11, u24(500), Buffer.alloc(3)))],
  ['a version that is none', record(22, serverHello(zeros, 0x0309, vector16()))],
])('%s is malformed', (_name, bytes) => {
  expect(() => read(bytes)).toThrow(Malformed)
})

test('a flight without end is cut', () => {
  const reader = new FlightReader()
  const endless = record(22, message(99, Buffer.alloc(16000)))
  expect(() => {
    for (let sent = 0; sent <= flightLimit; sent += endless.length) reader.push(endless)
  }).toThrow(/more than/)
})
