import { once } from 'node:events'
import { chmod, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { createPki } from '../../../fixtures/pki/pki.ts'
import { temporaryFolder } from '../../engine/temporary.ts'
import type { Subject } from '../../subject/subject.ts'
import { asked, ended } from './answers.ts'
import type { Seen } from './plan.ts'
import { functionsScript, runAllScript, runScript } from './run-script.ts'

const subject = {
  ...{ etcd: '3.6.16', go: '1.26.10', reference: 'etcd:1' },
  commands: { etcd: 'etcd', etcdctl: 'etcdctl' },
} as Subject
const script = runScript({
  ...{ cellId: 'a/b/c', says: 'It holds.', subject, hint: 'pull', network: '10.138.0' },
  ...{ dns: false, service: false },
})

test.each([
  ['run.sh', { 'run.sh': script, 'functions.sh': 'need() { pwd; exit; }\n' }],
  ['the run.sh of several', { 'run.sh': runAllScript(), 'cell/run.sh': 'pwd\n' }],
])('%s plays its own folder, whatever CDPATH and its name say', async (_, files) => {
  await using root = await temporaryFolder('cdpath')
  const places = ['here/-my report', 'elsewhere/-my report'].map((name) => join(root.path, name))
  for (const place of places)
    for (const [name, text] of Object.entries(files)) {
      await mkdir(join(place, name, '..'), { recursive: true })
      await writeFile(join(place, name), text)
    }
  const { all } = await execa('bash', ['--', '-my report/run.sh'], {
    ...{ cwd: join(root.path, 'here'), all: true, reject: false },
    env: { CDPATH: join(root.path, 'elsewhere') },
  })
  expect(all).toContain(places[0])
  expect(all).not.toContain(places[1])
})

test('which image is played is said, also where the environment names it', async () => {
  await using root = await temporaryFolder('image')
  await writeFile(join(root.path, 'run.sh'), script)
  await writeFile(join(root.path, 'functions.sh'), 'need() { :; }\nneed_image() { exit; }\n')
  const { stdout } = await execa('bash', [join(root.path, 'run.sh')], { env: { IMAGE: 'other:1' } })
  expect(stdout).toBe('the image: other:1')
})

test.each([
  ['docker', ['docker', 'podman'], ''],
  ['podman', ['podman'], ''],
  ['podman', ['docker', 'podman'], 'podman'],
  ['nothing', [], ''],
])('%s is asked where there are %j and DOCKER is "%s"', async (asked, there, named) => {
  await using root = await temporaryFolder('engines')
  for (const name of there) {
    await writeFile(join(root.path, name), `#!/bin/sh\necho ${name} is asked >&2\nexit 1\n`)
    await chmod(join(root.path, name), 0o755)
  }
  const { stdout: bash } = await execa('bash', ['-c', 'type -P bash'])
  await symlink(bash, join(root.path, 'bash'))
  const text = `${functionsScript()}\n"$DOCKER" version || echo no engine\n`
  const { all } = await execa(bash, ['-u', '-c', text], {
    ...{ all: true, reject: false, extendEnv: false },
    env: { PATH: root.path, ...(named === '' ? {} : { DOCKER: named }) },
  })
  expect(all).toContain(asked === 'nothing' ? 'no engine' : `${asked} is asked`)
})

test('why etcdctl cannot be run is said as the engine says it first', async () => {
  await using root = await temporaryFolder('etcdctl')
  const docker = join(root.path, 'docker')
  const said = 'docker: no such file: etcdctl\n\nRun docker run --help for more information'
  await writeFile(docker, `#!/bin/sh\necho "${said}" >&2\nexit 127\n`)
  await chmod(docker, 0o755)
  const text = `${functionsScript()}\nIMAGE=a NETWORK=b ETCDCTL=/c\nctl it m1 etcdctl member list\n`
  const { all, exitCode } = await execa('bash', ['-u', '-c', text], {
    ...{ all: true, reject: false, cwd: root.path },
    env: { DOCKER: docker },
  })
  expect([exitCode, all]).toEqual([
    2,
    'CANNOT TELL: etcdctl cannot be run; TOOLS=IMAGE names another one with it: docker: no such file: etcdctl',
  ])
})

test('whether a certificate was made alone is seen by its signature and its key', async () => {
  await using root = await temporaryFolder('made')
  const pki = createPki({ authorities: { ca: {} }, resolve: (text) => text, now: new Date() })
  const pems = {
    other: pki.certificate({ cn: 'other', issuer: 'self', key: 'p-256' }),
    issued: pki.certificate({ cn: 'issued', key: 'p-256' }),
    // It says that it is its own issuer, and its signature is another's.
    forged: pki.certificate({ cn: 'ca', key: 'p-256' }),
  }
  for (const [name, pem] of Object.entries(pems)) await writeFile(join(root.path, `${name}.crt`), pem)
  // As etcd makes them (`SelfCert`, transport/listener.go): an authority that may sign no certificates.
  const asEtcd = [
    'basicConstraints=critical,CA:TRUE',
    'keyUsage=critical,digitalSignature,keyEncipherment,cRLSign',
  ]
  await execa(
    'openssl',
    [
      ...[
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:P-521',
        '-sha512',
        '-nodes',
        '-subj',
        '/O=etcd',
      ],
      ...asEtcd.flatMap((one) => ['-addext', one]),
      ...['-keyout', 'own.key', '-out', 'own.crt'],
    ],
    { cwd: root.path },
  )
  const text = [
    functionsScript(),
    'for one in own other issued forged; do certificate $one.pem cat $one.crt; done',
    'for one in other own issued forged; do made_alone $one $one.pem first own.pem; done',
    'made_alone other other.pem issued issued.pem',
    'certificate none.pem true',
  ].join('\n')
  const { stdout, exitCode } = await execa('bash', ['-u', '-c', text], { cwd: root.path, reject: false })
  expect([exitCode, ...stdout.split('\n')]).toEqual([
    2,
    'other: its certificate is signed with its own key, as is that of first',
    'other: its key is another than that of first',
    'own: its certificate is signed with its own key, as is that of first',
    'own: its key is that of first',
    'issued: its certificate, or that of first, is not signed with its own key',
    'issued: its key is another than that of first',
    'forged: its certificate, or that of first, is not signed with its own key',
    'forged: its key is another than that of first',
    'other: its certificate, or that of issued, is not signed with its own key',
    'other: its key is another than that of issued',
    'CANNOT TELL: openssl is shown no certificate',
  ])
})

test.each([
  [ended, 'a TLS alert in answer to plaintext (Go before 1.12)', 'http'],
  ['CANNOT TELL: it: curl: (1) ', 'a protocol that curl does not know', 'etcd-tls'],
])('a request comes to "%s": %s', async (says, _, scheme) => {
  await using root = await temporaryFolder('ask')
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.once('data', () => socket.end(Buffer.from('1503010002020a', 'hex')))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  try {
    const url = `${scheme}://127.0.0.1:${String((server.address() as AddressInfo).port)}/version`
    const text = `${functionsScript()}\nask it curl ${url}\n`
    const { all } = await execa('bash', ['-u', '-c', text], { all: true, reject: false, cwd: root.path })
    expect(all).toContain(says)
    // What is expected of such a curl in the run is put alike.
    const stderr = await readFile(join(root.path, 'error.txt'), 'utf8')
    const inTheRun = () => asked({ command: { exit: 1, stdout: '', stderr } } as Seen)
    if (says === ended) expect(inTheRun()).toBe(ended)
    else expect(inTheRun).toThrow('curl came to no answer')
  } finally {
    server.close()
  }
})

test('an interrupt at any moment ends it, and what it made is gone', { timeout: 60_000 }, async () => {
  await using root = await temporaryFolder('interrupts')
  const docker = join(root.path, 'docker')
  await writeFile(docker, '#!/bin/sh\nexit 0\n')
  await chmod(docker, 0o755)
  // What bash 5.2 reads when a signal is lost: substitutions in substitutions, in a function.
  const busy = 'busy() {\n mkdir "$work"\n while :; do x=$(printf %s "$(echo 1)"); done\n}'
  const text = `${functionsScript()}\nsleep() { :; }\n${busy}\nguarded busy\n`
  const interrupted = async (after: number): Promise<number | string | undefined> => {
    const running = execa('bash', ['-u', '-c', text], {
      ...{ cwd: root.path, all: true, detached: true, reject: false, timeout: 20_000 },
      env: { DOCKER: docker },
    })
    await once(running.stdout, 'data')
    await pause(after)
    process.kill(-(running.pid ?? 0), 'SIGINT')
    const { exitCode, all } = await running
    return all.split('\n').length === 1 ? exitCode : all
  }
  for (let after = 0; after < 60; after += 1) {
    const four = [0, 0.7, 1.4, 2.1].map((more) => interrupted(after + more))
    expect(await Promise.all(four)).toEqual([130, 130, 130, 130])
  }
  expect(await readdir(root.path)).toEqual(['docker'])
})
