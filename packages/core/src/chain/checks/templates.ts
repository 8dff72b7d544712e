import type { ChainFacts } from "../analysis/chain-facts.ts";
import type { Finding } from "../finding.ts";

/** Templates that cannot be read. */
export function checkTemplates({ tasks }: ChainFacts): readonly Finding[] {
  return tasks.flatMap(({ templates, severity }) =>
    templates.flatMap(({ path, problem }): Finding[] =>
      problem === undefined ? [] : [{ severity, code: "invalid_template", path, message: problem }],
    ),
  );
}
