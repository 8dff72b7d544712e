import type { RecordStore } from "@catenary/core";
import { describe, it } from "vitest";
import type { RecordStoreTest } from "./describe-record-store/record-store-test.ts";
import { type RecordStoreTestName, recordStoreTests } from "./describe-record-store/record-store-tests.ts";

export type { RecordStoreTestName } from "./describe-record-store/record-store-tests.ts";

export interface DescribeRecordStoreOptions<Store extends RecordStore> {
  /** A store without records, another one for each test. */
  readonly create: () => Store | Promise<Store>;
  /** Another store on the records of one that `create` made, as a second process would have. Without it, the tests of that are skipped. */
  readonly openAnother?: (store: Store) => RecordStore | Promise<RecordStore>;
  /** Tests that this store cannot meet, each with the reason, which the report shows. */
  readonly skip?: readonly { readonly test: RecordStoreTestName; readonly reason: string }[];
  /** Milliseconds that one test may take. Default 20 000. */
  readonly timeoutMs?: number;
}

/** The contract of a store of records, as a suite of Vitest: what `createRuntime({ records })` relies on. */
export function describeRecordStore<Store extends RecordStore>(
  name: string,
  options: DescribeRecordStoreOptions<Store>,
): void {
  const { create, openAnother, skip = [], timeoutMs = 20_000 } = options;
  const reasons = new Map<string, string>(skip.map(({ test, reason }) => [test, reason]));

  describe(name, () => {
    for (const [title, test] of Object.entries<RecordStoreTest>(recordStoreTests)) {
      const lacks = test.needsAnother && openAnother === undefined;
      const reason = reasons.get(title) ?? (lacks ? "no other store can open its records" : undefined);
      if (reason !== undefined) {
        it.skip(`${title} (not run: ${reason})`, () => {});
        continue;
      }
      it(title, { timeout: timeoutMs }, async () => {
        const store = await create();
        await test.run({ store, openAnother: async () => (openAnother === undefined ? store : openAnother(store)) });
      });
    }
  });
}
