/** What holds memory that it can give back. */
export interface SpoolHolder {
  /** Memory held now. */
  readonly heldBytes: number;
  /** Gives back what it can. When that fails, what it holds is as it was. */
  spill(): Promise<void>;
}

/**
 * The memory of all encoders of a process together. However many are open, whoever takes more than is left
 * makes the one that holds most go to its file, and waits for it.
 */
export class SpoolBudget {
  readonly maxBytes: number;
  readonly #holders = new Set<SpoolHolder>();
  readonly #spilling = new Set<SpoolHolder>();
  #heldBytes = 0;

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes;
  }

  get heldBytes(): number {
    return this.#heldBytes;
  }

  enter(holder: SpoolHolder): void {
    this.#holders.add(holder);
  }

  leave(holder: SpoolHolder): void {
    this.#holders.delete(holder);
  }

  /** Called with each change of a holder's `heldBytes`. */
  changed(bytes: number): void {
    this.#heldBytes += bytes;
  }

  /**
   * Resolves when what is held fits, or when nobody is left who could give back. Answers what went wrong if it
   * does not fit for that reason: a full disk.
   */
  async settle(): Promise<unknown> {
    const asked = new Set<SpoolHolder>();
    let failure: unknown;
    while (this.#heldBytes > this.maxBytes) {
      const largest = this.#largest(asked);
      if (largest === undefined) return failure;
      asked.add(largest);
      this.#spilling.add(largest);
      try {
        await largest.spill();
      } catch (error) {
        failure = error;
      } finally {
        this.#spilling.delete(largest);
      }
    }
    return undefined;
  }

  #largest(asked: ReadonlySet<SpoolHolder>): SpoolHolder | undefined {
    let largest: SpoolHolder | undefined;
    for (const holder of this.#holders) {
      if (holder.heldBytes === 0 || this.#spilling.has(holder) || asked.has(holder)) continue;
      if (largest === undefined || holder.heldBytes > largest.heldBytes) largest = holder;
    }
    return largest;
  }
}
