/**
 * A run that never ends: two containers on a network of its own and a temporary folder. It prints its id when
 * they run, and is killed by the test. The argument is an image whose `etcd` starts without options.
 */
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { engineClient, runLabel } from '../client.ts'
import { makeRunId } from '../run-id.ts'

const [image, command] = process.argv.slice(2)
if (image === undefined || command === undefined) throw new Error('usage: busy-run IMAGE COMMAND')

const id = makeRunId()
const labels = { [runLabel]: id }
const docker = (await engineClient()).container.dockerode
await mkdtemp(join(tmpdir(), `etcd-tls-${id}-`))
const network = await docker.createNetwork({ Name: `etcd-tls-${id}`, Labels: labels })
for (const name of ['a', 'b']) {
  const container = await docker.createContainer({
    name: `etcd-tls-${id}-${name}`,
    Image: image,
    Entrypoint: [command],
    Labels: labels,
    HostConfig: { NetworkMode: network.id },
  })
  await container.start()
}
process.stdout.write(`${id}\n`)
setInterval(() => undefined, 60_000)
