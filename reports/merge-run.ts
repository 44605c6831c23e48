import type { Results } from './schema.ts'

/** Several runs as one: from the first start to the last finish, on all their hosts; the most CPUs of any. */
export function mergedRun(runs: readonly Results['run'][]): Results['run'] {
  const distinct = (values: readonly string[]) => [...new Set(values)]
  const host = (field: 'platform' | 'node' | 'engine') =>
    distinct(runs.map((run) => run.host[field])).join(' | ')
  const interrupted = distinct(runs.flatMap((run) => run.interrupted ?? []))
  return {
    id: distinct(runs.map(({ id }) => id)).join('+'),
    started: runs.map((run) => run.started).toSorted()[0] ?? '',
    finished:
      runs
        .map((run) => run.finished)
        .toSorted()
        .at(-1) ?? '',
    command: runs.flatMap(({ command }, index) => (index === 0 ? command : ['&&', ...command])),
    host: {
      platform: host('platform'),
      cpus: Math.max(...runs.map((run) => run.host.cpus)),
      node: host('node'),
      engine: host('engine'),
    },
    ...narrowedBy(runs),
    ...(interrupted.length > 0 && { interrupted: interrupted.join('; ') }),
  }
}

/** Together they were asked for what any was asked for; one that was asked for everything makes that everything. */
function narrowedBy(runs: readonly Results['run'][]): Pick<Results['run'], 'only' | 'files'> {
  if (runs.some(({ only, files }) => only === undefined && files === undefined)) return {}
  const all = (field: 'only' | 'files') => [...new Set(runs.flatMap((run) => run[field] ?? []))]
  const [only, files] = [all('only'), all('files')]
  return { ...(only.length > 0 && { only }), ...(files.length > 0 && { files }) }
}

type Phases = Results['phases']

/** Sums; `wall` is the longest, since shards run side by side. */
export function mergedPhases(all: readonly Phases[]): Phases {
  const sum = (field: Exclude<keyof Phases, 'subjects'>) =>
    all.reduce((total, phases) => total + phases[field], 0)
  const subjects: Record<string, number> = {}
  for (const [name, time] of all.flatMap((phases) => Object.entries(phases.subjects))) {
    subjects[name] = (subjects[name] ?? 0) + time
  }
  return {
    prepare: sum('prepare'),
    worlds: sum('worlds'),
    probes: sum('probes'),
    judge: sum('judge'),
    report: sum('report'),
    wall: Math.max(...all.map(({ wall }) => wall)),
    worldCount: sum('worldCount'),
    probeCount: sum('probeCount'),
    subjects,
  }
}
