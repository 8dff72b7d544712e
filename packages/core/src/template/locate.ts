import { TemplateError } from "../errors/template-error.ts";

/** Line and column, both from 1, of an offset in a template. */
export function locate(source: string, offset: number): { line: number; column: number } {
  const before = source.slice(0, offset);
  const lineStart = before.lastIndexOf("\n") + 1;
  let line = 1;
  for (let at = before.indexOf("\n"); at !== -1; at = before.indexOf("\n", at + 1)) line++;
  return { line, column: offset - lineStart + 1 };
}

/** A template that cannot be read. */
export function syntaxError(source: string, offset: number, message: string): TemplateError {
  return new TemplateError("template_syntax", message, locate(source, offset));
}

/** A template that failed while it was rendered. */
export function renderError(source: string, offset: number, message: string): TemplateError {
  return new TemplateError("template_failed", message, locate(source, offset));
}
