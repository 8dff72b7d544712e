/** Counts the listeners on AbortSignals while it watches. */
export interface SignalWatch {
  /** Listeners that were added, not removed, and are still waiting: one that is called once is gone when its signal aborts. */
  readonly waiting: number;
  /** Forgets all that was counted. */
  reset(): void;
  /** Puts things back as they were. */
  stop(): void;
}

export function watchSignals(): SignalWatch {
  const added = new Map<AbortSignal, Map<unknown, boolean>>();
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  EventTarget.prototype.addEventListener = function (this: EventTarget, type, listener, options) {
    if (this instanceof AbortSignal && type === "abort") {
      const once = typeof options === "object" && options.once === true;
      added.set(this, (added.get(this) ?? new Map<unknown, boolean>()).set(listener, once));
    }
    addEventListener.call(this, type, listener, options);
  };
  EventTarget.prototype.removeEventListener = function (this: EventTarget, type, listener, options) {
    if (this instanceof AbortSignal && type === "abort") added.get(this)?.delete(listener);
    removeEventListener.call(this, type, listener, options);
  };
  return {
    get waiting() {
      let count = 0;
      for (const [signal, listeners] of added) {
        for (const once of listeners.values()) if (!(once && signal.aborted)) count++;
      }
      return count;
    },
    reset: () => added.clear(),
    stop() {
      Object.assign(EventTarget.prototype, { addEventListener, removeEventListener });
    },
  };
}
