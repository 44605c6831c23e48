/** Milliseconds a probe waits before it says that nothing came. */
export const probeLimit = 5_000
/** Milliseconds until a process that needs no other must serve or have ended; and one of a cluster. */
export const startLimit = 20_000
export const clusterLimit = 10_000
