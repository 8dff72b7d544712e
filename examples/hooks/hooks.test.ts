import { expect, test } from "vitest";
import { runOrders } from "./run-orders.ts";
import { openWarehouse } from "./warehouse.ts";

const token = "canary-token";

async function ordered(orders: readonly string[], given = token) {
  const warehouse = await openWarehouse(token);
  try {
    return { told: await runOrders(warehouse, given, orders), reserved: warehouse.reserved };
  } finally {
    await warehouse.close();
  }
}

test("what is left is reserved once, although the first answer of the warehouse is lost", async () => {
  const { told, reserved } = await ordered(["lamp", "sofa", "lamp"]);
  expect(told).toEqual(["Reserved: lamp, under 1.", "No sofa is left.", "Reserved: lamp, under 2."]);
  expect(reserved).toEqual(["lamp", "lamp"]);
});

test("what the local hook's schema does not take never gets there, and the customer is told why", async () => {
  const { told, reserved } = await ordered(["../etc/passwd"]);
  expect(told[0]).toMatch(/^Nothing was looked up: .*stock_of.* its args are not what its schema says: .*item/);
  expect(reserved).toEqual([]);
});

test("without the warehouse's key nothing is reserved, and no error tells the key that was given", async () => {
  const failure = await ordered(["lamp"], "canary-wrong").catch((error) => String(error));
  expect(failure).toContain("401");
  expect(failure).not.toContain("canary");
});
