/** A value as its JSON gives it back, to compare with what was read: a field that is undefined is not there. */
export const asWritten = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T
