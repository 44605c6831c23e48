import { realpath } from 'node:fs/promises'
import { execa } from 'execa'

/** Commands that the Dockerfile's steps and the image use, beside node and npm. */
const commands = ['sh', 'rm', 'env', 'curl', 'openssl']
/** What they read. */
const data = ['/etc/ssl', '/etc/passwd', '/etc/nsswitch.conf']

/** Where a name in the image has what this host has elsewhere. */
interface Placed {
  readonly from: string
  readonly at: string
}

/**
 * Makes an image of this host's node, npm, curl and openssl with the libraries that they need: in the place of the
 * official image of Node where no registry answers.
 * @param reference repository and tag that it gets
 */
export async function makeBaseImage(reference: string, label: string): Promise<void> {
  const found = await Promise.all(commands.map((name) => whereIs(name)))
  const npm = (await realpath(await whereIs('npm'))).replace(/\/bin\/npm-cli\.js$/, '')
  const programs: Placed[] = [
    ...found.map((path) => ({ from: path, at: `/usr/bin/${path.split('/').at(-1) ?? ''}` })),
    { from: process.execPath, at: '/usr/bin/node' },
    { from: await whereIs('sh'), at: '/bin/sh' },
    { from: npm, at: '/usr/lib/node_modules/npm' },
  ]
  const needed = await Promise.all(
    programs.filter(({ from }) => from !== npm).map(({ from }) => librariesOf(from)),
  )
  const resolver = (await librariesOf(await whereIs('getent'))).flatMap((path) => besides(path))
  const libraries = [...new Set([...needed.flat(), ...resolver])].map((path) => ({ from: path, at: path }))
  const files = [...programs, ...libraries, ...data.map((path) => ({ from: path, at: path }))]
  const script = [
    'set -e',
    'cd "$(mktemp -d)"',
    ...files.map(
      ({ from, at }) =>
        `mkdir -p ".${at.replace(/\/[^/]*$/, '')}" && cp -rL ${from} ".${at}" 2>/dev/null || true`,
    ),
    "printf '%s\\n' '#!/bin/sh' 'exec node /usr/lib/node_modules/npm/bin/npm-cli.js \"$@\"' > usr/bin/npm",
    'mkdir -p tmp root && chmod 1777 tmp && chmod 755 usr/bin/npm',
    `tar -c . | docker import --change 'ENV PATH=/usr/bin:/bin NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt' --change 'LABEL ${label}' - ${reference}`,
    'rm -rf "$PWD"',
  ]
  await execa('bash', ['-c', script.join('\n')])
}

const whereIs = async (name: string): Promise<string> => (await execa('which', [name])).stdout

async function librariesOf(path: string): Promise<string[]> {
  const { stdout } = await execa('ldd', [path], { reject: false })
  return [...stdout.matchAll(/(\/\S+) \(0x/g)].map(([, library = '']) => library)
}

/** What the C library loads by name when a name is looked up, and its parts that libraries of packages name. */
const besides = (libc: string): string[] =>
  libc.endsWith('/libc.so.6')
    ? ['libnss_dns.so.2', 'libnss_files.so.2', 'libresolv.so.2', 'librt.so.1', 'libutil.so.1'].map((name) =>
        libc.replace('libc.so.6', name),
      )
    : []
