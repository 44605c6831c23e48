/** What a verification found, in the order it was found. */
export class Findings {
  /** What is not as it should be: `where: what`. */
  readonly problems: string[] = []
  /** What cannot be judged again, because the claim is another one by now. */
  readonly changed: string[] = []
  /** What a reader should know. */
  readonly notes: string[] = []
  /** Cells whose stored evidence gave the stored verdict again. */
  judged = 0

  wrong(where: string, what: string): void {
    this.problems.push(`${where}: ${what}`)
  }

  since(cell: string, what: string): void {
    this.changed.push(`${cell}: ${what}`)
  }

  note(text: string): void {
    this.notes.push(text)
  }
}
