import { stringify } from 'yaml'
import type { Stage } from './plan.ts'
import { dnsImage, serviceImage, type Process } from './processes.ts'

const about = `# The processes of steps.sh for \`docker compose up\`, to look around in them. First: bash certificates.sh
# run.sh does without this file; both are written from the same.
`

/** compose.yaml: the processes of the world that is given. Pure. */
export function composeFile(processes: readonly Process[], { cell, subject, files }: Stage): string {
  const { network, dns } = files.place
  const { given } = cell
  const services = {
    ...(given.dns === undefined
      ? {}
      : {
          dns: {
            image: literal(dnsImage.official),
            command: ['-conf', '/etc/coredns/Corefile'],
            volumes: ['./given/dns:/etc/coredns:ro,z'],
            networks: { page: { ipv4_address: dns } },
          },
        }),
    ...Object.fromEntries(processes.map((one) => [one.name, service(one, subject)])),
  }
  const page = { ipam: { config: [{ subnet: network?.subnet ?? '' }] } }
  return (
    about +
    stringify(
      { services, networks: { page } },
      { defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN', lineWidth: 0 },
    )
  )
}

function service(
  { folder, at, inMemory, mounts, variables, argv, asService }: Process,
  { commands, reference }: Stage['subject'],
): object {
  return {
    image: asService ? serviceImage : `\${IMAGE:-${literal(reference)}}`,
    user: '0:0',
    entrypoint: [literal(commands.etcd)],
    command: argv.map(literal),
    ...(variables.length === 0
      ? {}
      : { environment: Object.fromEntries(variables.map(([key, value]) => [key, literal(value)])) }),
    volumes: [`./${folder}:/etc/etcd-tls:ro,z`, ...mounts.map((one) => `./${literal(one)}`)],
    ...(inMemory ? { tmpfs: ['/var/lib/etcd-tls'] } : {}),
    ...('within' in at
      ? { network_mode: `service:${at.within}` }
      : {
          networks: { page: { ipv4_address: at.address } },
          extra_hosts: at.hosts,
          ...(at.ipv6 ? { sysctls: ['net.ipv6.conf.all.disable_ipv6=0'] } : {}),
        }),
  }
}

/** A dollar stands for itself (interpolation of the Compose file). */
const literal = (text: string): string => text.replaceAll('$', '$$$$')
