import { code, prose } from '../../reports/markdown-escape.ts'
import type { Results } from '../../reports/index.ts'
import type { Certificate, Outcome } from './certificate.ts'
import { files } from './layout.ts'

/** The pages of a bundle that people read. Pure; texts of the vendor and of the build are no markup there. */

/** What is certified, and what is not so though it passes. */
export function summaryPage({ product, subject, profile, run, tool, outcome }: Certificate): string {
  const { certified, cells } = outcome
  const verdict = certified
    ? `keeps what the profile ${code(profile)} asks`
    : `is **not certified** for the profile ${code(profile)}`
  return page(
    `# ${prose(product.vendor)} ${prose(product.product)} ${prose(product.version)}`,
    `The etcd build below ${verdict}.`,
    table([
      ['Build', `etcd ${code(subject.etcd, 'cell')}, Go ${code(subject.go, 'cell')}`],
      [identityWords[subject.identity.kind], code(subject.identity.value, 'cell')],
      ['Asked for as', code(subject.asked, 'cell')],
      ['Contact', prose(product.contact)],
      ...(product.website === undefined ? [] : [['Website', prose(product.website)] as const]),
      ...(product.description === undefined ? [] : [['Description', prose(product.description)] as const]),
      ['Run', `${code(run.id, 'cell')}, ${prose(run.started)} to ${prose(run.finished)}`],
      ['Tool', `${prose(tool.name)} ${prose(tool.version)}, sources ${code(tool.sources, 'cell')}`],
      ['Catalogue', code(tool.catalogue, 'cell')],
      [
        'Cells',
        prose(
          Object.entries(cells)
            .flatMap(([name, n]) => (n > 0 ? `${String(n)} ${name}` : []))
            .join(', '),
        ),
      ],
    ]),
    list('In the way of a certificate', outcome.notCertified),
    list('Deviations that the project declares of such builds', outcome.declared),
    list('Not asked of this build', outcome.notApplicable),
    '## What this proves',
    'The manifest ties every file to its digest, the signature ties the manifest to whoever holds the key: nothing ' +
      'was changed since it was signed. The verdicts follow from the evidence, which anybody judges again offline. ' +
      'That the evidence is of this build, and was not made up before it was signed, is the word of the signer; ' +
      `${code(files.reproduce)} says how to check it on the build itself.`,
  )
}

const identityWords = {
  'image-digest': 'Image, by its digest in the registry',
  'image-id': 'Image, by its id in the engine (no registry names it by a digest)',
  'file-sha256': 'Binary, by its SHA-256',
} as const

function list(heading: string, cells: Outcome['declared']): string {
  if (cells.length === 0) return ''
  const rows = cells.map(({ cell, verdict, why }) => `- ${code(cell)}: ${prose(verdict)}. ${prose(why)}`)
  return `## ${heading}\n\n${rows.join('\n')}`
}

const table = (rows: readonly (readonly [string, string])[]): string =>
  ['| | |', '|---|---|', ...rows.map(([name, value]) => `| ${name} | ${value} |`)].join('\n')

/** How to check the bundle, with and without this tool, and how to see it all again. */
export function reproducePage({ subject, profile, tool }: Certificate, { run: { host } }: Results): string {
  const { identity, asked } = subject
  const again =
    identity.kind === 'file-sha256'
      ? asked
      : identity.kind === 'image-digest'
        ? `image:${identity.value}`
        : asked
  return page(
    '# Reproduce',
    `Made with ${prose(tool.name)} ${prose(tool.version)} on ${prose(host.platform)}, Node ${prose(host.node)}, ${prose(host.engine)}.`,
    '## Check the bundle, offline',
    block(['etcd-tls verify .', 'etcd-tls verify . --public-key VENDOR.pem']),
    'The public key must come from the vendor by another way than this bundle. Without this tool:',
    block([
      `sha256sum -c ${files.manifest}`,
      `openssl pkeyutl -verify -pubin -inkey VENDOR.pem -rawin -in ${files.manifest} -sigfile ${files.signature}`,
    ]),
    '## See it again on the build',
    `The build: ${code(identity.value)} (${identityWords[identity.kind]}).`,
    block([
      'etcd-tls verify . --rerun 20',
      `etcd-tls certify --etcd ${quoted(again)} --product product.yaml --profile ${profile} --out again`,
      `etcd-tls run --etcd ${quoted(again)} --only CELL`,
    ]),
    `Each cell of ${code(files.results)} has under ${code('byHand')} the commands that show it with curl, openssl and etcdctl.`,
  )
}

const quoted = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`

const block = (lines: readonly string[]): string =>
  lines.map((line) => `    ${line.replaceAll(/[\r\n]/g, ' ')}`).join('\n')

const page = (...parts: readonly string[]): string => `${parts.filter((part) => part !== '').join('\n\n')}\n`
