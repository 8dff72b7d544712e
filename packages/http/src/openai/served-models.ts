import type { BackendState } from "@catenary/core";

/**
 * What backends serve, each model once, as OpenAI lists models.
 *
 * @param since In seconds since the Unix epoch: what `created` says of a model whose server does not tell.
 */
export function servedModels(states: readonly BackendState[], since: number) {
  const models = new Map(
    states.flatMap(({ backend, models: served }) =>
      served.map(({ id, modifiedAt }) => [id, { modifiedAt, owner: backend.type }] as const),
    ),
  );
  return [...models].map(([id, { modifiedAt, owner }]) => {
    return { id, object: "model", created: secondsOf(modifiedAt) ?? since, owned_by: owner };
  });
}

function secondsOf(time: string | undefined): number | undefined {
  const ms = Date.parse(time ?? "");
  return Number.isNaN(ms) ? undefined : Math.floor(ms / 1000);
}
