type Loose = Readonly<Record<string, unknown>> | null | undefined

/** A part of what may be anything. */
export const part = (whole: unknown, name: string): unknown => (whole as Loose)?.[name]
