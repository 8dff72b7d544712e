import { TemplateError } from "../src/errors/template-error.ts";
import { parseTemplate } from "../src/template/parse-template.ts";
import type { Json } from "../src/value/json.ts";

/** Renders a template over variables. */
export function renderWith(source: string, variables: { readonly [name: string]: Json }): string {
  return parseTemplate(source).render({
    get: (name) => (Object.hasOwn(variables, name) ? variables[name] : undefined),
    all: () => variables,
  });
}

/** The template error that `act` ends in. */
export function failureOf(act: () => unknown): { code: string; line: number; column: number; message: string } {
  try {
    act();
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    const { code, line, column, message } = error;
    return { code, line, column, message };
  }
  throw new Error("expected a template error, but nothing was thrown");
}
