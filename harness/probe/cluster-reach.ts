import type { ClusterContext, RunningMember } from '../world/running.ts'

/** The world with a candidate among its members. */
export const reachWith = (context: ClusterContext, candidate: RunningMember): ClusterContext => ({
  ...reach(context),
  member: (name) => (name === candidate.name ? candidate : context.member(name)),
  route: (to, listener, from) =>
    to === candidate.name && from === undefined
      ? Promise.resolve({
          address: candidate.address,
          port: listener === 'peer' ? candidate.peerPort : candidate.clientPort,
        })
      : context.route(to, listener, from),
})

/** Spreading a world would leave its private fields behind. */
const reach = (context: ClusterContext): ClusterContext => ({
  subject: context.subject,
  spec: context.spec,
  limit: context.limit,
  hostAddress: context.hostAddress,
  member: (name) => context.member(name),
  route: (to, listener, from) => context.route(to, listener, from),
  pem: (ref) => context.pem(ref),
  resolve: (text) => context.resolve(text),
  runBeside: (command, options) => context.runBeside(command, options),
  startOf: (name) => context.startOf(name),
  isAlive: (name) => context.isAlive(name),
  peerUrl: (name) => context.peerUrl(name),
  startCandidate: (who, options) => context.startCandidate(who, options),
  queries: (from) => context.queries(from),
  queriesSettled: () => context.queriesSettled(),
})
