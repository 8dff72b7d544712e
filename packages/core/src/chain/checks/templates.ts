import type { ChainFacts, TemplateFacts } from "../analysis/chain-facts.ts";
import type { Finding } from "../finding.ts";

/** Templates that cannot be read. */
export function checkTemplates({ tasks, byId }: ChainFacts): readonly Finding[] {
  const odd = [...byId.keys()].filter((id) => id !== "" && !/^[A-Za-z_]\w*$/.test(id));
  return tasks.flatMap(({ templates, severity }) =>
    templates.flatMap(({ path, problem, source }): Finding[] => {
      if (problem === undefined) return [];
      const suggestion = suggestionFor(source, odd);
      return [
        {
          severity,
          code: "invalid_template",
          path,
          message: problem,
          ...(suggestion !== undefined && { suggestion }),
        },
      ];
    }),
  );
}

/** A task whose id is no name cannot be read behind a point. */
function suggestionFor(source: TemplateFacts["source"], ids: readonly string[]): string | undefined {
  const meant = ids.find((id) => source.includes(`.${id}`));
  return meant === undefined ? undefined : `{{index . ${JSON.stringify(meant)}}}`;
}
