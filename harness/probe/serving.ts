import type { LogLine } from '../world/log-line.ts'

/** etcd's own words for: the client listener serves (embed/serve.go, all lines from 3.2 on). */
export const saysServing = ({ message }: Pick<LogLine, 'message'>): boolean =>
  /^serving (client traffic|(insecure )?client requests on)/.test(message)
