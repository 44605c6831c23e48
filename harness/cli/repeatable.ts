/** For an option that may be given several times; without it there is none, so that help tells no default. */
export const collect = (value: string, sofar: readonly string[] = []): string[] => [...sofar, value]
