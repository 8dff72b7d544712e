import { openWeights, type Weights } from "@catenary/llama-cpp/weights";
import type { Command } from "../command/command.ts";
import { readArguments } from "../command/read-arguments.ts";
import type { Surroundings } from "../command/surroundings.ts";
import { UsageError } from "../command/usage-error.ts";
import { listModels } from "./list-models.ts";
import { pullModel } from "./pull-model.ts";
import { removeModel } from "./remove-model.ts";

type Action = (weights: Weights, name: string, around: Surroundings) => Promise<number>;

const ACTIONS: Readonly<Record<string, { readonly do: Action; readonly takes: 0 | 1 }>> = {
  pull: { do: pullModel, takes: 1 },
  list: { do: listModels, takes: 0 },
  rm: { do: removeModel, takes: 1 },
};

export const modelsCommand: Command = {
  name: "models",
  summary: "fetches models that run in this process, lists them, removes them",
  usage: `Usage: catenary models pull NAME
       catenary models list
       catenary models rm NAME

  pull NAME  fetches a model once, and goes on where an earlier pull from the hub stopped. NAME is one of the list's, a file of the model hub
             (hf:user/repository/file.gguf, #revision behind it, or hf:user/repository:Q4_K_M), or the path of a GGUF file, which is
             copied. Prints where it is
  list       what is here, and what can be pulled by a short name. A file that was changed since it came is read again, and fetched
             again where it is corrupt, by the command that stands beside it
  rm NAME    removes it

Environment: CATENARY_CACHE (where files are kept; else the user's cache folder), HF_ENDPOINT (another model hub), HF_TOKEN (for
repositories that ask who comes). Where the hub cannot be reached python3 and pip are used, with their own settings.
`,
  async run(args, around) {
    const [word, name] = readArguments(args, {}, 2).positionals;
    const action = word === undefined ? undefined : ACTIONS[word];
    if (action === undefined) {
      throw new UsageError(`expected pull, list or rm; got ${word === undefined ? "nothing" : JSON.stringify(word)}`);
    }
    if (action.takes === 0 && name !== undefined)
      throw new UsageError(`nothing is expected behind ${word}; got ${name}`);
    if (action.takes === 1 && name === undefined) throw new UsageError(`${word} expects the name of a model`);
    return action.do(openWeights({ environment: around.environment }), name ?? "", around);
  },
};
