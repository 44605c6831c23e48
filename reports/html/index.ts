export { html } from './html-report.ts'
