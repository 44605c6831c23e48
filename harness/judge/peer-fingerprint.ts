import { refusalFingerprint, type RefusalReason } from '../../fixtures/refusals.ts'
import type { Build } from '../subject/subject.ts'
import type { Fingerprint } from './fingerprint.ts'

/** What the peer listener of this build shows, or a candidate that dials, when it refuses for a reason. */
export const peerFingerprint = (reason: RefusalReason, build: Build, tls?: '1.2' | '1.3'): Fingerprint =>
  refusalFingerprint(reason, { etcd: build.etcd, go: build.go, tls, listener: 'peer' })
