import { junit, type Results } from '../../reports/index.ts'
import type { Certificate } from './certificate.ts'
import { files, json } from './layout.ts'
import { reproducePage, summaryPage } from './pages.ts'

/** Where and with what it was made. */
const environment = ({ run: { host }, tool, subjects, phases }: Results): object => ({
  host,
  tool,
  subjects,
  milliseconds: phases.wall,
})

/**
 * Files that follow from the certificate and the results, for people and for other programs. Pure. How they put it
 * may change from version to version, unlike what they say.
 */
export const derivedFiles = (certificate: Certificate, results: Results): ReadonlyMap<string, string> =>
  new Map([
    [files.environment, json(environment(results))],
    [files.junit, junit(results)],
    [files.summary, summaryPage(certificate)],
    [files.reproduce, reproducePage(certificate, results)],
  ])
