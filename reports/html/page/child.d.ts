/** What an element can be given to hold; what is not there is left out. */
export type Child = Node | string | number | false | null | undefined | readonly Child[]
