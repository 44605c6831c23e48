import { h, part, pairs, block, folded } from './dom.js'
/** @import { CertificateData, WorldData } from '../page-types.ts' */

/**
 * How the members were told what to do.
 * @param {WorldData | undefined} world
 */
export function optionsPart(world) {
  if (world === undefined) return undefined
  return part(
    'Options',
    world.members
      .map((member) => [
        h(
          'h4',
          {},
          `${member.name}, ${member.address}${member.role && member.role !== 'member' ? `, ${member.role}` : ''}`,
        ),
        block(commandLine(member.command)),
        block(
          Object.entries(member.environment)
            .map(([name, value]) => `${name}=${value}`)
            .join('\n'),
        ),
        member.configFile !== undefined && folded('Config file', block(member.configFile)),
      ])
      .flat(),
  )
}

/**
 * One argument a line, quoted where a shell would need it.
 * @param {readonly string[]} argv
 */
const commandLine = (argv) =>
  argv
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`))
    .join(' \\\n  ')

/**
 * What the world's DNS answers.
 * @param {WorldData | undefined} world
 */
export const zonePart = (world) =>
  world?.zone === undefined ? undefined : part('DNS of the world', block(world.zone))

/** @param {WorldData | undefined} world */
export function certificatesPart(world) {
  if (world === undefined || world.certificates.length === 0) return undefined
  return part(
    'Certificates',
    world.certificates.map((one) => folded(`${one.role ?? ''}: ${one.subject}`, certificate(one))),
  )
}

/** @param {CertificateData} one */
export const certificate = (one) =>
  h(
    'div',
    {},
    pairs([
      ['subject', one.subject],
      ['issuer', one.issuer],
      ['names', one.names],
      ['usages', one.usages?.join(', ')],
      ['valid', `${one.notBefore} to ${one.notAfter}`],
      ['serial', one.serial],
      ['SHA-256', one.fingerprint],
    ]),
    folded('PEM', block(one.pem)),
  )
