/** For an option that may be given several times. */
export const collect = (value: string, sofar: readonly string[]): string[] => [...sofar, value]
