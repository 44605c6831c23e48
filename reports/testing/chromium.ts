import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium, type Browser } from 'playwright-core'

/** The system's Chromium: CHROMIUM names it, otherwise the first of the usual names on PATH. */
export function findChromium(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string | undefined {
  const { CHROMIUM: named, PATH: path = '' } = environment
  if (named !== undefined && named !== '') return named
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
  const folders = path.split(delimiter).filter((folder) => folder !== '')
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(runnable)
}

function runnable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/**
 * Starts the Chromium at `executablePath`. Its own temporary folder is the system's: the socket that it makes there
 * must have a short path (chrome/browser/process_singleton_posix.cc).
 */
export const launchChromium = (executablePath = ''): Promise<Browser> =>
  chromium.launch({ executablePath, args, env: { ...process.env, TMPDIR: '' } })
