import type { Backend } from "@catenary/core";
import { describe, it } from "vitest";
import { type BackendTestName, backendTests } from "./describe-backend/backend-tests.ts";
import type { BackendTest, Subject, SubjectOptions } from "./describe-backend/subject.ts";

export type { BackendTestName } from "./describe-backend/backend-tests.ts";

export interface DescribeBackendOptions extends SubjectOptions {
  /** A fresh backend for each test. */
  readonly create: () => Backend | Promise<Backend>;
  /** Tests that this backend cannot meet, each with the reason, which the report shows. */
  readonly skip?: readonly { readonly test: BackendTestName; readonly reason: string }[];
  /** Milliseconds that one test may take. Default 20 000. */
  readonly timeoutMs?: number;
}

/**
 * The contract of a backend, as a suite of Vitest. Every adapter package runs it against a fake server, and, where there is one,
 * against a real one. Tests that need what the subject does not offer (tools, vectors, a view on the requests, faults) are
 * shown as skipped with the reason.
 */
export function describeBackend(name: string, options: DescribeBackendOptions): void {
  const { create, skip = [], timeoutMs = 20_000 } = options;
  const reasons = new Map<string, string>(skip.map(({ test, reason }) => [test, reason]));

  describe(name, () => {
    for (const [title, test] of Object.entries<BackendTest>(backendTests)) {
      const reason = reasons.get(title) ?? test.lacks?.(options);
      if (reason !== undefined) {
        it.skip(`${title} (not run: ${reason})`, () => {});
        continue;
      }
      it(title, { timeout: timeoutMs }, async () => {
        const backend = await create();
        const subject: Subject = { ...options, backend, model: backend.languageModel(options.chatModel) };
        await test.run(subject);
      });
    }
  });
}
