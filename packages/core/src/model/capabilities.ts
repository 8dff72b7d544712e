/**
 * What a model can do. Declared by whoever registers it, or told by its server; never guessed from its name.
 * A field that is absent is not known, and routing then gives the model the benefit of the doubt, except for `embed`:
 * a model that is not known to embed is not asked to.
 */
export interface Capabilities {
  /** Answers a conversation. Unknown counts as yes, unless the model is known to embed. */
  readonly chat?: boolean;
  /** Answers a single prompt. Unknown: the same as `chat`. */
  readonly prompt?: boolean;
  /** Turns text into vectors. */
  readonly embed?: boolean;
  /** Streams its answer. */
  readonly stream?: boolean;
  /** Accepts tools. */
  readonly tools?: boolean;
  /** Obeys a JSON schema given with the call (constrained output). Unknown counts as no: the parsers read prose instead. */
  readonly structuredOutput?: boolean;
  /** Accepts images. */
  readonly vision?: boolean;
}
