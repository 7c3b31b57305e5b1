type Step = () => Promise<void> | void;

/** Where a part says what is to be done with it later. */
export interface PartLife {
  onClose(step: Step): void;
  /** Empties the part, also when the service that shows it does not run; it may be done twice. */
  onReset(step: Step): void;
}

/**
 * Parts that several services stand on, such as keys and the object store. Each is made once, when it is
 * first asked for, and closed after all services, the last made first.
 */
export class Platform {
  readonly #parts = new Map<string, Promise<unknown>>();
  readonly #made = new Map<string, unknown>();
  readonly #closers: Step[] = [];
  readonly #resets: Step[] = [];

  /** The part of this name, made by the first caller. */
  part<T>(name: string, make: (life: PartLife) => Promise<T>): Promise<T> {
    const known = this.#parts.get(name);
    if (known !== undefined) return known as Promise<T>;
    const made = make({
      onClose: (step) => void this.#closers.push(step),
      onReset: (step) => void this.#resets.push(step),
    });
    this.#parts.set(name, made);
    // Whoever asked for the part meets its failure.
    void made.then(
      (part) => this.#made.set(name, part),
      () => {},
    );
    return made;
  }

  /** The part of this name if somebody has made it already. */
  made<T>(name: string): T | undefined {
    return this.#made.get(name) as T | undefined;
  }

  /** Empties all parts, after the services. */
  async reset(): Promise<void> {
    for (const step of this.#resets) await step();
  }

  async close(): Promise<void> {
    for (const closer of this.#closers.splice(0).reverse()) await closer();
    this.#parts.clear();
    this.#made.clear();
  }
}
