import { temporaryFolder } from './temporary.ts'
import { answered, engineClient, runLabel } from './client.ts'

/**
 * Whether the engine sees this host's folders as they are, so that files can be mounted instead of copied: it takes a
 * folder that was made a moment ago as the source of a mount, which it looks up when a container is made, and its
 * root is this host's (no user namespaces). The container is never started.
 * @param image any image that the engine has
 * Errors: HarnessError `waited-too-long`, `no-engine`, `no-temporary-folder`.
 */
export async function sharesFolders(image: string, runId: string): Promise<boolean> {
  const docker = (await engineClient()).container.dockerode
  const { SecurityOptions = [] } = (await answered('about itself', docker.info())) as Info
  if (SecurityOptions.some((option) => option.includes('name=userns'))) return false
  await using folder = await temporaryFolder('shared')
  const mount = { Type: 'bind' as const, Source: folder.path, Target: '/shared', ReadOnly: true }
  const made = docker.createContainer({
    name: `etcd-tls-${runId}-shared`,
    Image: image,
    Cmd: ['none'],
    Labels: { [runLabel]: runId },
    HostConfig: { NetworkMode: 'none', Mounts: [mount] },
  })
  const container = await answered('whether it sees a folder of this host', made).catch(notThere)
  await container?.remove({ force: true })
  return container !== undefined
}

interface Info {
  readonly SecurityOptions?: readonly string[]
}

/** `bind source path does not exist` is a bad request to Docker and an internal error to Podman. */
function notThere(cause: unknown): undefined {
  if ([400, 404, 500].includes((cause as { statusCode?: number }).statusCode ?? 0)) return undefined
  throw cause
}
