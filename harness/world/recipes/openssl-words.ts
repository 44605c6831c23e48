import type { CredentialSpec, KeyType } from '../../../fixtures/credential.ts'

/** Options of `openssl req` that make a key. */
export const newKeyOptions: Readonly<Record<KeyType, readonly string[]>> = {
  'rsa-2048': ['-newkey', 'rsa:2048'],
  'p-256': ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'],
}

/** A name as `-subj` takes it; empty where there is none. */
export function subjectOf({ organization, cn }: Pick<CredentialSpec, 'organization' | 'cn'>): string {
  const part = (name: string, value?: string) => (value === undefined ? '' : `/${name}=${escaped(value)}`)
  return part('O', organization) + part('CN', cn)
}

/** `/`, `+` and `\` have a meaning in `-subj`. */
const escaped = (value: string): string => value.replaceAll(/[\\/+]/g, (special) => `\\${special}`)
