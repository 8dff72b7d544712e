import { createRuntime, remoteHook } from "@catenary/core";
import { nodeFetch } from "@catenary/node";
import { reserve } from "./chain.ts";
import { stockOf } from "./stock-of.ts";
import type { Warehouse } from "./warehouse.ts";

/** Runs the chain for each order, and gives what the customers are told. */
export async function runOrders(warehouse: Warehouse, token: string, orders: readonly string[]): Promise<string[]> {
  const transport = nodeFetch();
  const runtime = createRuntime({
    fetch: transport,
    hooks: {
      stock_of: stockOf,
      reserve: remoteHook({
        url: warehouse.url,
        protocol: "langserve",
        headers: { authorization: `Bearer ${token}` },
        timeoutMs: 2_000,
        retries: { max: 2, backoffMs: 10 },
      }),
    },
  });
  const told: string[] = [];
  try {
    for (const order of orders) told.push(String((await runtime.run(reserve, order)).output));
  } finally {
    await runtime.close();
    await transport.close();
  }
  return told;
}
