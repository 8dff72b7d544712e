/** Which model is meant where nobody names one. */
export interface ModelDefault {
  readonly model?: string;
  /** A backend's type. */
  readonly provider?: string;
  /** How many tokens the model's context holds, where its server does not tell. */
  readonly contextLength?: number;
}

/** The models of a runtime's calls that name none: prompts, conversations (else as prompts) and embeddings. */
export interface RuntimeDefaults extends ModelDefault {
  readonly chat?: ModelDefault;
  readonly embedding?: ModelDefault;
}
