/** How the DNS server of worlds is had. A change here makes a new image. */

/** Release of CoreDNS that the zones of this project are written for. */
export const version = '1.15.0'

/** Where upstream publishes its image, in the order they are tried. */
export const officialImages: readonly string[] = [
  `docker.io/coredns/coredns:${version}`,
  `registry.k8s.io/coredns/coredns:v${version}`,
]

/** Tag under which our own build is kept in the engine, beside the subjects. */
export const keptTag = `coredns-${version}`

/** Go of our own build; CoreDNS's go.mod asks for 1.26.0 or newer. */
export const go = '1.26.10'

/** Our main package with the few plugins and a query log of our own, and the sums of everything it is built from. */
export const sources: readonly string[] = ['main.go', 'log.go', 'go.mod', 'go.sum'].map(
  (name) => `${import.meta.dirname}/${name}`,
)

/** Where the command is, in the official image and in ours. */
export const command = '/coredns'
