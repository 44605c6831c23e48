import { engineClient, engineIfAny } from './client.ts'

/** The engine in a few words, for the results. Errors: HarnessError `no-engine`. */
export async function engineName(): Promise<string> {
  const { info } = await engineClient()
  return `${info.containerRuntime.operatingSystem}, ${String(info.containerRuntime.serverVersion)}`
}

/** Does an engine answer now? */
export const engineAnswers = async (): Promise<boolean> => (await engineIfAny()) !== undefined
