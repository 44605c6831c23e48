import { Command } from 'commander'
import type { SetExit } from './set-exit.ts'

export const pageCommand = (setExit: SetExit): Command =>
  new Command('page')
    .description('show a page of the documentation, sentence by sentence, with the verdicts of a run')
    .argument('<file>', 'the page as you have it: saved HTML, Markdown or plain text')
    .requiredOption('--results <run>', "results.json of a run, or the run's folder")
    .option('--page <page>', 'which page it is (default: the one that most of its sentences belong to)')
    .option('--html <file>', 'write the annotated page there as well, as one HTML file')
    .usage('<file> --results <run> [options]')
    .addHelpText('after', help)
    .action(async (file: string, options: { results: string; page?: string; html?: string }) => {
      const { page } = await import('./page-action.ts')
      setExit(await page(file, options))
    })

const help = `
Each sentence that promises something is followed by the claims that test it. New and changed sentences are
marked, and promises that are no more on the page are listed. Pages: security, security-v2, peer-tls, security-guide.

Example:
  etcd-tls page security.html --results .etcd-tls/20261122-145224-3f9a2c1b-1234-987654-ab12 --html annotated.html

Exit status: that of the claims which the page's sentences are tested by (0, 1, 3) · 2 usage or input error.`
