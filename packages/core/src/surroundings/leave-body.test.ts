import { createVirtualClock } from "@catenary/testing";
import { expect, test, vi } from "vitest";
import { leaveBody } from "./leave-body.ts";

function opened() {
  const cancel = vi.fn();
  const control: { controller?: ReadableStreamDefaultController<string> } = {};
  const stream = new ReadableStream<string>({
    start: (controller) => {
      control.controller = controller;
    },
    cancel,
  });
  return { reader: stream.getReader(), cancel, control, clock: createVirtualClock() };
}

test("what is left is read to its end, and no timer stays", async () => {
  const { reader, cancel, control, clock } = opened();
  leaveBody(reader, clock);
  control.controller?.enqueue("rest");
  control.controller?.close();
  await clock.advance(0);
  expect(cancel).not.toHaveBeenCalled();
  expect(clock.pending).toBe(0);
});

test("what does not end within a second is broken off", async () => {
  const { reader, cancel, clock } = opened();
  leaveBody(reader, clock);
  await clock.advance(999);
  expect(cancel).not.toHaveBeenCalled();
  await clock.advance(1);
  expect(cancel).toHaveBeenCalledTimes(1);
  expect(clock.pending).toBe(0);
});

test("what breaks is nobody's failure any more", async () => {
  const { reader, control, clock } = opened();
  leaveBody(reader, clock);
  control.controller?.error(new Error("reset"));
  await clock.advance(0);
  expect(clock.pending).toBe(0);
});
