export { html, htmlPieces } from './html-report.ts'
