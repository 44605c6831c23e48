/** Equal values kept once; `index` gives the place of a value in `values`. */
export interface Pool<T> {
  readonly values: T[]
  index(value: T): number
}

/** Worlds and certificates are shared by many cells, and make up most of a page. */
export function pool<T>(): Pool<T> {
  const places = new Map<string, number>()
  const values: T[] = []
  return {
    values,
    index(value) {
      const key = JSON.stringify(value)
      const known = places.get(key)
      if (known !== undefined) return known
      places.set(key, values.length)
      return values.push(value) - 1
    },
  }
}
