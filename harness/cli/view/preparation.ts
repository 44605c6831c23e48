import { Listr, type ListrTaskWrapper, type DefaultRenderer, type SimpleRenderer } from 'listr2'

type Task = ListrTaskWrapper<unknown, typeof DefaultRenderer, typeof SimpleRenderer>

interface Step {
  readonly task: Task
  readonly finish: () => void
  /** Resolves when the last picture of the step is on the screen. */
  readonly drawn: Promise<unknown>
}

/** The step that is being prepared, with a spinner, one at a time. */
export class Preparation {
  #step: Step | undefined

  async show(text: string): Promise<void> {
    this.#step ??= await begin(text)
    this.#step.task.title = text
  }

  /** Ends the step; `text` is what stays on the screen of it. */
  async end(text?: string): Promise<void> {
    const step = this.#step
    if (step === undefined) return
    this.#step = undefined
    if (text !== undefined) step.task.title = text
    step.finish()
    await step.drawn
  }
}

async function begin(title: string): Promise<Step> {
  const finished = Promise.withResolvers<void>()
  const started = Promise.withResolvers<Task>()
  const list = new Listr<unknown, 'default', 'simple'>(
    {
      title,
      task: (_, task) => {
        started.resolve(task)
        return finished.promise
      },
    },
    // Signals are the lifetime's matter.
    { registerSignalListeners: false },
  )
  const drawn = list.run()
  return { task: await started.promise, finish: finished.resolve, drawn }
}
