import { EventEmitter } from "eventemitter3";
import { InputError } from "../errors/input-error.ts";
import { isThenable } from "../surroundings/is-thenable.ts";
import { describeKind } from "../value/describe-kind.ts";

/** Tells listeners what happened. A listener that throws, or whose promise rejects, is reported and breaks nothing. */
export class TypedEmitter<Events extends { [Name in keyof Events]: unknown }> {
  readonly #emitter = new EventEmitter<Record<string, (event: unknown) => void>>();
  readonly #onListenerError: (error: unknown, name: string) => void;

  constructor(onListenerError: (error: unknown, name: string) => void) {
    this.#onListenerError = onListenerError;
  }

  /** Returns what removes the listener again. Throws an `InputError` where the listener is no function. */
  on<Name extends keyof Events & string>(name: Name, listener: (event: Events[Name]) => unknown): () => void {
    if (typeof listener !== "function") {
      throw new InputError(`a listener to ${String(name)} is a function; got ${describeKind(listener)}`);
    }
    const guarded = (event: unknown): void => {
      try {
        // Safe: emit() of this name passes only Events[Name].
        const returned = listener(event as Events[Name]);
        if (isThenable(returned)) returned.then(undefined, (error: unknown) => this.#report(error, name));
      } catch (error) {
        this.#report(error, name);
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

  #report(error: unknown, name: string): void {
    try {
      this.#onListenerError(error, name);
    } catch {
      // Whoever is told of broken listeners is a listener too, and there is nobody left to tell.
    }
  }
}
