/** Makes a new unique id. */
export type Ids = () => string;

export const systemIds: Ids = () => crypto.randomUUID();
