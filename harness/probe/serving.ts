import type { LogLine } from '../world/log-line.ts'

type Says = (line: Pick<LogLine, 'message'>) => boolean

/** All lines from 3.0 on: the client listener serves (embed/serve.go). */
const newer = /^serving (client traffic|(insecure )?client requests on)/
/** 2.x says no more than that it told the cluster its client URLs, which needs a leader (publish, etcdserver/server.go). */
const older = /^published \{Name:/
/** The first words of every process up to 3.4 (startEtcdOrProxyV2, etcdmain/etcd.go). */
const isOlder = 'etcd Version: 2.'

/**
 * etcd's own words for: the client listener serves. Which they are the process says itself, at its start: give the
 * lines in their order, from a start on, and ask for new words for every process.
 */
export function servingWords(): Says {
  let words = newer
  return ({ message }) => {
    if (message.startsWith(isOlder)) words = older
    return words.test(message)
  }
}

/**
 * 3.0 and 3.1 refuse gRPC ("not capable") until the cluster has decided on its version, which may be after the listener
 * serves (`init`, etcdserver/api/capability.go; from 3.2.0 on they are capable from the start).
 */
export const notYetCapable: Says = ({ message }) => /^etcd Version: 3\.[01]\./.test(message)
/** `UpdateCapability` of the same file. */
export const capable: Says = ({ message }) => message.startsWith('enabled capabilities for version')

/** What a v2 proxy says instead (startProxy, etcdmain/etcd.go, to 3.5; 2.x to 3.3 put it the other way). */
export const proxyServes: Says = ({ message }) =>
  /^(v2 proxy started listening on|proxy: listening for) client requests/.test(message)
