import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Eta } from 'eta'
import { escapeFunction } from '../html/escape.ts'
import { signOf } from '../verdicts.ts'
import { countsText, legend, markOfSentence, noteOf, verdictText, type AnnotatedPage } from './annotate.ts'

const asset = (...path: string[]): string => readFileSync(join(import.meta.dirname, ...path), 'utf8')

/** The annotated page as one file without a script, links or outside assets. */
export function pageHtml(page: AnnotatedPage): string {
  const style = `\n${asset('../html/page/colors.css')}\n${asset('page.css')}`
  const hash = createHash('sha256').update(style).digest('base64')
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`
  const eta = new Eta({ autoEscape: true, escapeFunction })
  return eta.renderString(asset('page.eta'), { ...modelOf(page), style, policy })
}

/** Plain text throughout: the template escapes it. */
function modelOf(page: AnnotatedPage) {
  const { reading, subjects, sentences, counts } = page
  const { file, title, missing } = reading
  const runs = sentences.map((sentence, n) => ({
    heading: sentence.heading === sentences[n - 1]?.heading ? '' : sentence.heading,
    kind: sentence.kind,
    mark: markOfSentence(sentence),
    verdict: sentence.worst?.verdict ?? (sentence.promise === undefined ? '' : 'missing'),
    text: sentence.text,
    code: sentence.code === true,
    note: noteOf(sentence),
    verdicts: sentence.verdicts.map((verdict) => ({
      claim: verdict.claim,
      subjects: verdict.subjects.join(', '),
      verdict: verdict.worst.verdict,
      sign: signOf(verdict.worst),
      text: verdictText(verdict),
      seen: verdict.worst.verdict === 'pass' ? '' : verdict.worst.seen,
      declared: verdict.declared,
    })),
  }))
  return {
    file,
    title,
    legend,
    page: reading.page,
    subjects,
    counts: countsText(counts),
    sentences: runs,
    missing,
  }
}
