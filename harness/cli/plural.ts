/** `1 claim`, `2 claims`. */
export const plural = (count: number, one: string): string =>
  `${String(count)} ${one}${count === 1 ? '' : 's'}`
