/** Whose call it is, for errors. */
export interface Origin {
  readonly backend: string;
  readonly model: string;
}
