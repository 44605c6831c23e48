import { HarnessError } from '../errors.ts'

/** A client that somebody else put an end to has seen nothing of etcd that could be told. */
export const clientKilled = (client: string, signal: string): HarnessError =>
  new HarnessError(
    'client-killed',
    `${client} was ended by ${signal}, which this run did not send: look for what ends processes here, for instance a lack of memory.`,
  )
