/** Where a cell is: what it waits for at this moment, in words. */
export class Trail {
  /** Its id. */
  readonly cell: string
  now = 'its turn in a shared world'

  constructor(cell = '') {
    this.cell = cell
  }

  /** Names what `act` waits for, while it does. */
  async step<T>(what: string, act: () => Promise<T>): Promise<T> {
    this.now = what
    return act()
  }
}
