import { expect, test } from 'vitest'
import { authority, certificateOf, keyOf } from '../../fixtures/credential.ts'
import { etcdctl as spec, url } from '../scenario/probe.ts'
import type { ProbeContext } from '../world/running.ts'
import { observe } from './observe.ts'
import { standIn } from './testing/stand-in.ts'

test('etcdctl runs beside the member with its files and environment', async () => {
  const calls: Parameters<ProbeContext['runBeside']>[] = []
  const beside: ProbeContext['runBeside'] = (...call) => {
    calls.push(call)
    return Promise.resolve({ address: '10.0.0.9', exit: 0, stdout: 'OK\n', stderr: '' })
  }
  const { context, pki } = standIn(2379, { beside })
  const as = { cn: 'alice' }
  const args = ['--endpoints', url(''), '--cert', certificateOf(as), '--key', keyOf(as), 'put', 'a', 'b c']
  const seen = await observe(
    spec({
      args,
      files: { '/ca/store.crt': authority('ca') },
      environment: { SSL_CERT_FILE: '/ca/store.crt' },
    }),
    context,
  )
  const [command, options] = calls[0] ?? []
  expect(command).toEqual([
    ...['/etcdctl', '--endpoints', 'https://127.0.0.1:2379', '--cert', '/etcd-tls/client.crt'],
    ...['--key', '/etcd-tls/client.key', 'put', 'a', 'b c'],
  ])
  expect(options?.environment).toEqual({ SSL_CERT_FILE: '/ca/store.crt' })
  expect(options?.files).toEqual({
    '/etcd-tls/client.crt': pki.certificate(as),
    '/etcd-tls/client.key': pki.key(as),
    '/ca/store.crt': pki.authority('ca'),
  })
  expect(seen).toMatchObject({
    answered: true,
    localAddress: '10.0.0.9',
    command: { exit: 0, stdout: 'OK\n' },
  })
  expect(seen.byHand).toEqual([
    "SSL_CERT_FILE=/ca/store.crt etcdctl --endpoints https://127.0.0.1:2379 --cert client.crt --key client.key put a 'b c'",
  ])
  expect(JSON.stringify(seen)).not.toMatch(/PRIVATE KEY/)
})

test('an etcdctl that speaks the v2 API by default is told to speak the v3 API', async () => {
  const { context } = standIn(2379)
  const old = { ...context, subject: { ...context.subject, etcd: '3.3.27' } }
  const seen = await observe(spec({ args: ['get', 'a'] }), old)
  expect(seen.byHand).toEqual(['ETCDCTL_API=3 etcdctl get a'])
})

test('a failure is an observation; a source without etcdctl is an error', async () => {
  const { context } = standIn(2379, {
    beside: () => Promise.resolve({ address: '10.0.0.9', exit: 1, stdout: '', stderr: 'x\nError: no\n' }),
  })
  const seen = await observe(spec({ args: ['get', 'a'] }), context)
  expect(seen).toMatchObject({
    answered: false,
    command: { exit: 1 },
    error: { code: 'etcdctl 1', message: 'Error: no' },
  })
  const without = { ...context, subject: { ...context.subject, commands: { etcd: '/etcd' } } }
  await expect(observe(spec({ args: [] }), without)).rejects.toMatchObject({ code: 'no-etcdctl' })
})
