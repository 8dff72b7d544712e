import { CatenaryError } from "./catenary-error.ts";

/** A template that cannot be read (`template_syntax`) or that failed while it was rendered (`template_failed`). */
export class TemplateError extends CatenaryError {
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1, in UTF-16 code units. */
  readonly column: number;

  constructor(
    code: "template_syntax" | "template_failed",
    message: string,
    position: { line: number; column: number },
  ) {
    super(code, `${message} (line ${position.line}, column ${position.column})`, { details: { ...position } });
    this.line = position.line;
    this.column = position.column;
  }
}
