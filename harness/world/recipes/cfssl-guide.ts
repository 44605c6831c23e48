import { X509Certificate } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CfsslProfile } from '../../../fixtures/credential.ts'
import { temporaryFolder } from '../../engine/temporary.ts'
import { line } from '../../probe/shell.ts'
import { authorityCommand, configText, leafCommand, requestText, runPiped, type Piped } from './cfssl.ts'
import { filesUnder, treeOf } from './tree.ts'

/** What the guide's commands left, and how a person types them. */
export interface GuideRun {
  /** As `tree tls/` prints it. */
  readonly tree: string
  /** A line per certificate: file, names, usages, key, hours it is good for. */
  readonly certificates: readonly string[]
  readonly commands: readonly string[]
}

const profiles = 'tls/profiles'
const assets = 'tls/assets'
/** Requests the guide writes, by file, and the common name in each. */
const requests = { ca: 'etcd-ca', client: 'root', peer: 'etcd-member', server: 'etcd-server' } as const
const members = [1, 2, 3]

const leaf = (profile: CfsslProfile, out: string, ...hosts: string[]): Piped =>
  leafCommand(
    {
      authority: `${assets}/ca`,
      config: `${profiles}/config.json`,
      request: `${profiles}/${profile}.json`,
      out: `${assets}/${out}`,
    },
    profile,
    hosts,
  )
const steps: readonly Piped[] = [
  authorityCommand(`${profiles}/ca.json`, `${assets}/ca`),
  leaf('client', 'client'),
  ...members.flatMap((n) => [
    leaf('peer', `member-${String(n)}-peer`, `etcd-${String(n)}.local`),
    leaf('server', `member-${String(n)}-server`, `etcd-${String(n)}.local`),
  ]),
]

/**
 * Follows the guide ("Generating TLS assets") from its first command to its last in a folder of its own, which is
 * gone afterwards. Errors: HarnessError of `runPiped`.
 */
export async function followGuide(): Promise<GuideRun> {
  await using folder = await temporaryFolder('guide')
  const at = (name: string): string => join(folder.path, name)
  for (const name of [profiles, assets]) await mkdir(at(name), { recursive: true, mode: 0o700 })
  for (const [name, text] of Object.entries(written())) await writeFile(at(name), `${text}\n`)
  for (const step of steps) await runPiped(step, folder.path)
  for (const name of await filesUnder(at(assets))) if (name.endsWith('.csr')) await rm(join(at(assets), name))
  const made = (await filesUnder(at(assets))).filter((name) => name.endsWith('.pem'))
  const certificates = made.filter((name) => !name.endsWith('-key.pem'))
  return {
    tree: await treeOf(folder.path, 'tls'),
    certificates: await Promise.all(
      certificates.map(async (name) => `${name}: ${inWords(await readFile(join(at(assets), name)))}`),
    ),
    commands: guideCommands(),
  }
}

/** The same as a person types it, in an empty folder. */
export const guideCommands = (): string[] => [
  `mkdir -p ${profiles} ${assets}`,
  ...Object.entries(written()).map(([name, text]) => `echo ${line([text])} > ${name}`),
  ...steps.map(({ from, into }) => `${line(from)} | ${line(into)}`),
  `rm ${assets}/*.csr`,
  'tree tls/',
]

const written = (): Record<string, string> => ({
  [`${profiles}/config.json`]: configText,
  ...Object.fromEntries(
    Object.entries(requests).map(([name, cn]) => [`${profiles}/${name}.json`, requestText(cn)]),
  ),
})

const usages: Readonly<Record<string, string>> = {
  '1.3.6.1.5.5.7.3.1': 'serverAuth',
  '1.3.6.1.5.5.7.3.2': 'clientAuth',
}

function inWords(pem: Buffer): string {
  const made = new X509Certificate(pem)
  // Node's types leave out that a certificate may have none.
  const { keyUsage = [], subjectAltName = 'no name' } = made as {
    keyUsage?: string[]
    subjectAltName?: string
  }
  const hours = (made.validToDate.getTime() - made.validFromDate.getTime()) / 3_600_000
  return [
    `${made.subject}, signed by ${made.issuer}`,
    subjectAltName,
    keyUsage.map((one) => usages[one] ?? one).join(' and ') || 'no extended usage',
    made.publicKey.asymmetricKeyDetails?.namedCurve ?? made.publicKey.asymmetricKeyType ?? 'a key',
    `${String(hours)} h`,
  ].join(', ')
}
