import type { DescribeBackendOptions } from "@catenary/testing/conformance";

/** What the AI SDK's own reader keeps from us: it drops what is no event without a word, and ends an empty stream as interrupted. */
export const NO_EVENTS_ARE_DROPPED: NonNullable<DescribeBackendOptions["skip"]> = [
  {
    test: "calls a page that comes in place of a stream an answer that cannot be used",
    reason: "the AI SDK drops what is no event, and ends the stream as interrupted",
  },
];
