import { modelNameDistance } from "../../value/model-name.ts";
import { suggest } from "../../value/suggest.ts";
import type { ChainFacts } from "../analysis/chain-facts.ts";
import type { ExecuteConfig } from "../chain.ts";
import type { Finding } from "../finding.ts";

/** Models that nothing serves, by names compared as routing compares them. Only a warning: a backend may bring one before the run comes to the task. */
export function checkModels({ definition, tasks, options: { models } }: ChainFacts): readonly Finding[] {
  if (models === undefined) return [];
  return [
    ...modelsOf(definition.executeConfig, "$", models),
    ...tasks.flatMap(({ task, path, spec }) =>
      // Without a call the name is not used, and reported as that.
      spec !== undefined && spec.calls === undefined && !spec.fields.includes("executeConfig")
        ? []
        : modelsOf(task.executeConfig, path, models),
    ),
  ];
}

function modelsOf(given: ExecuteConfig | undefined, path: string, served: ReadonlySet<string>): readonly Finding[] {
  const named = [
    { name: given?.model ?? "", at: "model" },
    ...(given?.models ?? []).map((name, index) => ({ name, at: `models[${index}]` })),
  ];
  const known = [...served];
  return named
    .filter(({ name }) => name !== "" && !known.some((model) => modelNameDistance(name, model) !== undefined))
    .map(({ name, at }) => {
      const suggestion = suggest(name, known) ?? suggestFolded(name, known);
      return {
        severity: "warning",
        code: "unknown_model",
        path: `${path}.execute_config.${at}`,
        message: `expected a model that a backend serves${listed(known)}, got \`${name}\``,
        ...(suggestion !== undefined && { suggestion }),
      };
    });
}

/** Names of models are full of marks that nobody remembers, and the tag may be left out. */
function suggestFolded(name: string, known: readonly string[]): string | undefined {
  const fold = (text: string) => text.replaceAll(/[-_.\s]/g, "").replace(/:latest$/, "");
  const folded = new Map(
    known.map((model) => [fold(name.includes(":") ? model : model.replace(/:[^/]*$/, "")), model]),
  );
  const found = suggest(fold(name), [...folded.keys()]);
  return found === undefined ? undefined : folded.get(found);
}

const NAMED = 10;

function listed(known: readonly string[]): string {
  if (known.length === 0) return " (there is none)";
  const rest = known.length > NAMED ? ` and ${known.length - NAMED} others` : "";
  return ` (${known.slice(0, NAMED).join(", ")}${rest})`;
}
