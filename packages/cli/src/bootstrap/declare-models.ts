import type { Capabilities, DeclaredModel, Runtime, RuntimeDefaults } from "@catenary/core";

interface Role {
  readonly group: string;
  readonly capability: keyof Capabilities;
  readonly model: string | undefined;
  readonly contextLength: number | undefined;
}

/**
 * Declares the models of the environment, each in the internal group of its role, as the original does at each start. So they are
 * listed, and fetched onto the backends of those groups.
 */
export async function declareModels(runtime: Runtime, defaults: RuntimeDefaults): Promise<void> {
  for (const role of rolesIn(defaults)) {
    if (role.model === undefined) continue;
    await declare(runtime, role.model, role);
    await addToGroup(runtime, role.model, role.group);
  }
}

function rolesIn({ model, contextLength, chat, embedding }: RuntimeDefaults): readonly Role[] {
  // In the original's order, which lists show.
  return [
    {
      group: "internal_embed_group",
      capability: "embed",
      model: embedding?.model,
      contextLength: embedding?.contextLength,
    },
    { group: "internal_tasks_group", capability: "prompt", model, contextLength },
    { group: "internal_chat_group", capability: "chat", model: chat?.model, contextLength: chat?.contextLength },
  ];
}

async function declare({ models }: Runtime, name: string, { capability, contextLength }: Role): Promise<void> {
  const known = models.entry(name);
  // What code declares is complete.
  if (known?.origin === "code") return;
  const declared: DeclaredModel = {
    ...known?.value,
    name,
    ...(contextLength !== undefined && { contextLength }),
    capabilities: { ...known?.value.capabilities, [capability]: true },
  };
  if (known === undefined) await models.create(declared, { origin: "record" });
  else await models.update(name, declared);
}

async function addToGroup({ groups }: Runtime, model: string, id: string): Promise<void> {
  const group = groups.entry(id);
  if (group?.origin !== "internal") return;
  const { models = [] } = group.value;
  if (!models.includes(model)) await groups.update(id, { ...group.value, models: [...models, model] });
}
