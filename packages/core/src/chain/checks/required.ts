import type { ChainFacts, TaskFacts } from "../analysis/chain-facts.ts";
import type { TaskDefinition } from "../chain.ts";
import type { Finding } from "../finding.ts";
import { wireName } from "../wire/spelling.ts";

/** Parts without which a task cannot run: its handler, what the handler needs, the names in `hook` and `compose`. */
export function checkRequired({ tasks, misread }: ChainFacts): readonly Finding[] {
  return tasks.flatMap((facts) => {
    const { task, spec } = facts;
    // What is there and cannot be read is reported as that.
    const missing = (spec?.required ?? []).filter(
      (name) => task[name] === undefined && !misread.touches(`${facts.path}.${wireName(name)}`),
    );
    return [
      ...(task.handler === "" ? [missingPart(facts, "handler", `task \`${task.id}\` does not say what it does`)] : []),
      ...missing.map((name) => missingPart(facts, wireName(name), neededBy(task, name))),
      ...(task.hook?.name === "" && task.handler === "hook"
        ? [missingPart(facts, "hook.name", `task \`${task.id}\` does not say which hook it calls`)]
        : []),
      ...(task.compose?.withVar === ""
        ? [
            missingPart(
              facts,
              `compose.${wireName("withVar")}`,
              `task \`${task.id}\` does not say what to combine with`,
            ),
          ]
        : []),
    ];
  });
}

function neededBy(task: TaskDefinition, name: keyof TaskDefinition): string {
  return `task \`${task.id}\` needs \`${wireName(name)}\`: the handler \`${task.handler}\` cannot run without it`;
}

function missingPart({ path, severity }: TaskFacts, part: string, message: string): Finding {
  return { severity, code: "missing_field", path: `${path}.${part}`, message };
}
