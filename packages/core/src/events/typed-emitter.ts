import { EventEmitter } from "eventemitter3";

/** Tells listeners what happened. A listener that throws, or whose promise rejects, is reported and breaks nothing. */
export class TypedEmitter<Events extends { [Name in keyof Events]: unknown }> {
  readonly #emitter = new EventEmitter<Record<string, (event: unknown) => void>>();
  readonly #onListenerError: (error: unknown, name: string) => void;

  constructor(onListenerError: (error: unknown, name: string) => void) {
    this.#onListenerError = onListenerError;
  }

  /** Returns what removes the listener again. */
  on<Name extends keyof Events & string>(name: Name, listener: (event: Events[Name]) => unknown): () => void {
    const guarded = (event: unknown): void => {
      try {
        // Safe: emit() of this name passes only Events[Name].
        const returned = listener(event as Events[Name]);
        if (returned instanceof Promise) returned.catch((error) => this.#onListenerError(error, name));
      } catch (error) {
        this.#onListenerError(error, name);
      }
    };
    this.#emitter.on(name, guarded);
    return () => {
      this.#emitter.off(name, guarded);
    };
  }

  emit<Name extends keyof Events & string>(name: Name, event: Events[Name]): void {
    this.#emitter.emit(name, event);
  }

  /** Whether anybody listens to this name. */
  has(name: keyof Events & string): boolean {
    return this.#emitter.listenerCount(name) > 0;
  }

  clear(): void {
    this.#emitter.removeAllListeners();
  }
}
