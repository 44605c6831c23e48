import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import { inputError, type HarnessError } from '../errors.ts'
import { formatVersion, GatheredRecord } from './record.ts'
import { gatheredText } from './write.ts'
import { hasFewParts } from './few-parts.ts'
import { lostField, saysOnce } from './written-once.ts'

/** Bytes of a record, unpacked: 20,000 lines of 4,096 characters are the most that a log can have, a few times over. */
const largest = 512 * 1024 * 1024

/** Reads the file of one cell. Errors: those of `readGathered`; also where it is not there or not compressed. */
export const readGatheredFile = async (file: string): Promise<GatheredRecord> =>
  unpackGathered(await readFile(file).catch(() => Promise.reject(broken(file, 'cannot be read'))), file)

/** The same for its bytes. */
export function unpackGathered(bytes: Uint8Array, file: string): GatheredRecord {
  let unpacked: Buffer
  try {
    unpacked = gunzipSync(bytes, { maxOutputLength: largest })
  } catch {
    throw broken(file, 'is not compressed as it should be')
  }
  if (!hasFewParts(unpacked)) throw broken(file, 'has more parts than evidence can have')
  return readGathered(unpacked.toString(), file)
}

/**
 * Reads a record as it was gathered. `file` is named in errors.
 * Errors: HarnessError `gathered-broken` (exit 2), one sentence naming file and field: not JSON, another format or
 * version, a field that is wrong, that stands there twice, or that this version does not know: the judge must not
 * overlook any.
 */
export function readGathered(text: string, file: string): GatheredRecord {
  const data = parsed(text, file)
  const { format, formatVersion: version } = (data ?? {}) as Record<string, unknown>
  if (format !== 'etcd-tls/gathered') throw broken(file, 'is no gathered evidence of etcd-tls')
  if (version !== formatVersion)
    throw broken(
      file,
      `has formatVersion ${JSON.stringify(version)}; this etcd-tls reads ${String(formatVersion)}`,
    )
  const result = GatheredRecord.safeParse(data)
  if (!result.success) {
    const [issue] = result.error.issues
    throw broken(file, `is not valid: field ${issue?.path.join('.') ?? '?'}: ${issue?.message ?? '?'}`)
  }
  const record: GatheredRecord = result.data
  const unknown = lostField(data, JSON.parse(gatheredText(record)))
  if (unknown !== undefined) throw broken(file, `has a field that this version does not know: ${unknown}`)
  if (!saysOnce(text, data)) throw broken(file, 'says something twice')
  return record
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw broken(file, 'is not JSON')
  }
}

const broken = (file: string, what: string): HarnessError =>
  inputError('gathered-broken', `The file ${file} ${what}.`)
