/** How the init of berths is had: the first process of a container in which processes come and go. */

/** Its source, all of it. A change here makes a new one. */
export const sources: readonly string[] = [
  'inherited.go',
  'main.go',
  'relay.go',
  'state.go',
  'strays.go',
  'table.go',
  'go.mod',
].map((name) => `${import.meta.dirname}/${name}`)

/** Where it is in a container. */
export const initPath = '/etcd-tls-init'

/** Where a container has a folder of the host, which it leaves alone (`elsewhere`, state.go). */
export const hostPath = '/etcd-tls-host'
