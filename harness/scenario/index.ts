/** The vocabulary of scenario files: everything a promise is written with. */
export * from './claim.ts'
export * from './outcome.ts'
export * from './probe.ts'
export * from './world.ts'
export { scenario } from './scenario.ts'
export { authority, certificateOf, keyOf } from '../../fixtures/credential.ts'
export type { AuthoritySpec, CredentialSpec } from '../../fixtures/credential.ts'
export type { RefusalReason, StartFailure } from '../../fixtures/refusals.ts'
