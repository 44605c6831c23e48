import type { Readable } from 'node:stream'
import { runLabel } from '../engine/client.ts'
import { inputError } from '../errors.ts'
import { imageFacts } from './images.ts'
import { runOnce } from './one-shot.ts'
import { printable } from '../printable.ts'
import type { Arrived, Surroundings } from './road.ts'
import type { Source, Subject } from './subject.ts'
import { readFlags, readVersions, type Versions } from './version.ts'

/** Everything but the TLS versions, which only a running server shows. */
export type Described = Omit<Subject, 'tls'>

/** Where commands are, beside the image's own PATH; 2.x keeps them at the root. */
const usualFolders = ['/usr/local/bin', '/usr/bin', '', '/opt/bitnami/etcd/bin']

/**
 * Asks the build itself what it is.
 * Errors (exit 2): `not-etcd`, `odd-version`, `odd-go`, `no-flags`, `other-version` it is not what was asked for,
 * those of `runOnce`; the reason of the signal.
 */
export async function describeSubject(
  asked: string,
  arrived: Arrived,
  surroundings: Surroundings,
): Promise<Described> {
  const { reference, source } = arrived
  const facts = await imageFacts(surroundings, reference)
  if (facts === undefined) throw new Error(`${reference} is gone from the engine`)
  const commands = await findCommands(reference, facts.path, surroundings)
  if (commands.etcd === undefined)
    throw inputError('not-etcd', `--etcd ${printable(asked, 120)}: the image holds no command \`etcd\`.`)
  const [version, help] = await said(reference, commands.etcd, surroundings)
  const versions = readVersions(asked, version)
  checkExpected(asked, versions, arrived.expects)
  const flags = readFlags(help)
  if (!flags.includes('listen-client-urls'))
    throw inputError(
      'no-flags',
      `--etcd ${printable(asked, 120)}: \`etcd --help\` of the build lists no flags of etcd.`,
    )
  return {
    name: nameOf(versions, source, arrived.shownAs),
    asked,
    ...versions,
    source,
    reference,
    image: facts.identity,
    commands: {
      etcd: commands.etcd,
      ...(commands.etcdctl === undefined ? {} : { etcdctl: commands.etcdctl }),
    },
    flags,
  }
}

/** What it says of its version and its flags, when both are done: nothing holds the image any more. */
async function said(image: string, etcd: string, surroundings: Surroundings): Promise<[string, string]> {
  const both = ['--version', '--help'].map((flag) => runOnce(image, [etcd, flag], surroundings))
  await Promise.allSettled(both)
  const [version, help] = await Promise.all(both)
  return [version?.output ?? '', help?.output ?? '']
}

/** `3.6.16@module+go1.26.10`. */
export const nameOf = ({ etcd, go }: Versions, source: Source, shownAs: string = source): string =>
  `${etcd}@${shownAs}+go${go}`

function checkExpected(asked: string, { etcd, go }: Versions, expects: Arrived['expects']): void {
  const who = `--etcd ${printable(asked, 120)}`
  if (expects.etcd !== undefined && expects.etcd !== etcd)
    throw inputError(
      'other-version',
      `${who}: etcd ${expects.etcd} was asked for, but the build says it is ${etcd}.`,
    )
  if (expects.go !== undefined && expects.go !== go)
    throw inputError('other-version', `${who}: Go ${expects.go} was asked for, but the build says go${go}.`)
}

/** Looks into a container that never starts: there is no shell to ask. */
async function findCommands(
  image: string,
  path: readonly string[],
  surroundings: Surroundings,
): Promise<{ etcd?: string; etcdctl?: string }> {
  const { engine, runId, signal } = surroundings
  signal.throwIfAborted()
  const container = await engine.container.create({
    Image: image,
    Cmd: ['none'],
    Labels: { [runLabel]: runId },
    NetworkDisabled: true,
  })
  const first = async (name: string): Promise<string | undefined> => {
    for (const folder of new Set([...path.map((entry) => entry.replace(/\/+$/, '')), ...usualFolders]))
      if (await hasFile(container, `${folder}/${name}`)) return `${folder}/${name}`
    return undefined
  }
  try {
    const [etcd, etcdctl] = await Promise.all([first('etcd'), first('etcdctl')])
    return { ...(etcd === undefined ? {} : { etcd }), ...(etcdctl === undefined ? {} : { etcdctl }) }
  } finally {
    await container.remove({ force: true, v: true })
  }
}

async function hasFile(
  container: { infoArchive(options: object): Promise<unknown> },
  path: string,
): Promise<boolean> {
  try {
    // The answer is all in the head; unread, it would keep the connection and the process alive.
    ;((await container.infoArchive({ path })) as Readable).destroy()
    return true
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === 404) return false
    throw error
  }
}
