import { runOrders } from "./run-orders.ts";
import { openWarehouse } from "./warehouse.ts";

const token = "a-key-of-the-warehouse";
const warehouse = await openWarehouse(token);
try {
  for (const line of await runOrders(warehouse, token, ["lamp", "sofa", "../etc/passwd", "lamp"])) console.log(line);
  console.log(`In the warehouse: ${warehouse.reserved.join(", ")}.`);
} finally {
  await warehouse.close();
}
