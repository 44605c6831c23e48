import { coerce } from 'semver'

/** A version without what follows its three numbers: pre-releases count as their release. */
export const numberOf = (version: string): string => coerce(version)?.version ?? '0.0.0'

/** The release line, `3.6` of `3.6.16`. */
export const lineOf = (version: string): string => version.split('.', 2).join('.')
