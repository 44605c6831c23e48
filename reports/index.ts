/** What we say about a run. Pure functions of its results; only `loadResults` and `writeReports` touch files. */
export * from './schema.ts'
export { ReportError } from './failure.ts'
export { loadResults, parseResults } from './load.ts'
export { mergeResults } from './merge.ts'
export type { MergePart } from './merge.ts'
export type { Demands, LostPart } from './merge-shards.ts'
export { catalogueDigest, shardText } from './shards.ts'
export { badge, badgeSvg } from './badge.ts'
export type { Badge } from './badge.ts'
export { conclude, exitCode } from './conclusion.ts'
export type { Conclusion } from './conclusion.ts'
export {
  contradicts,
  countsOf,
  gapsOf,
  markOf,
  signOf,
  signs,
  standingOf,
  wordOf,
  words,
} from './verdicts.ts'
export type { Counts, Gap, Mark, Standing } from './verdicts.ts'
export { oneLine, visible } from './sanitize.ts'
export * from './console/index.ts'
export { junit } from './junit.ts'
export { markdown } from './markdown.ts'
export * from './baseline/index.ts'
export { summary } from './summary.ts'
export { html } from './html/index.ts'
export {
  allureDetails,
  allureIds,
  allureLabels,
  allureParameters,
  allureResult,
  allureStatus,
  allureTags,
  allureTitles,
} from './allure.ts'
export { writeAllure } from './allure-write.ts'
export { writeReports } from './write-reports.ts'
export { writeResults } from './write-results.ts'
export type { WriteOptions } from './write-reports.ts'
export { resultsJsonSchema } from './json-schema.ts'
export { annotate } from './page/annotate.ts'
export type { PagePromise, PageReading } from './page/reading.ts'
export { pageHtml } from './page/html.ts'
export { pageText } from './page/text.ts'
