import { createHash } from 'node:crypto'
import { ContentType } from 'allure-js-commons'
import type { Attachment } from 'allure-js-commons'
import { FileSystemWriter } from 'allure-js-commons/sdk/reporter'
import { allureResult } from './allure.ts'
import { plainText } from './plain-text.ts'
import { visible } from './sanitize.ts'
import type { CellResult, Results } from './schema.ts'

/** Writes allure-results from stored results. File names follow from run, cell and subject: again is the same. */
export function writeAllure(results: Results, folder: string): void {
  const writer = new FileSystemWriter({ resultsDir: folder })
  const claims = new Map(results.claims.map((claim) => [claim.id, claim]))
  const subjects = new Map(results.subjects.map((subject) => [subject.name, subject]))
  const started = Date.parse(results.run.started)
  for (const result of results.results) {
    const claim = claims.get(result.claim)
    const subject = subjects.get(result.subject)
    if (claim === undefined || subject === undefined) continue
    const mapped = allureResult(result, claim, subject, results.subjects)
    const uuid = uuidOf(`${results.run.id}\n${mapped.uuid}`)
    const attachments = attach(writer, uuid, result)
    writer.writeResult({ start: started, stop: started, ...mapped, uuid, attachments })
  }
  writer.writeEnvironmentInfo(environmentOf(results))
}

/** One file for everything a result has to say: each file is flushed to disk, which is what writing costs. */
function attach(writer: FileSystemWriter, uuid: string, result: CellResult): Attachment[] {
  const source = `${uuidOf(`${uuid}\nevidence`)}-attachment.txt`
  writer.writeAttachment(source, Buffer.from(visible(plainText(result))))
  return [{ name: 'evidence', type: ContentType.TEXT, source }]
}

/** A UUID (version 8, RFC 9562 5.8) made of text. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-')
}

const environmentOf = ({ tool, run, subjects }: Results): Record<string, string> => ({
  tool: `${tool.name} ${tool.version}`,
  run: run.id,
  host: `${run.host.platform}, Node ${run.host.node}, ${run.host.engine}`,
  ...Object.fromEntries(
    subjects.map(({ name, image }, index) => [`subject.${String(index + 1)}`, `${visible(name)} ${image}`]),
  ),
})
