/** Makes a new unique id. */
export type Ids = () => string;

export const systemIds: Ids = () => {
  const id = crypto.randomUUID();
  // Hosts put it together from twenty pieces, and keep them until somebody reads it: 400 bytes more for each run that waits.
  id.charCodeAt(0);
  return id;
};
