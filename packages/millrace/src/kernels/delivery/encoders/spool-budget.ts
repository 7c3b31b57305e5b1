/** What holds memory that it can give back. */
export interface SpoolHolder {
  /** Memory held now. */
  readonly heldBytes: number;
  /** Gives back what it can; never rejects: what went wrong is told by the holder's next call. */
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

  /** Resolves when what is held fits, or when nobody is left who could give back. */
  async settle(): Promise<void> {
    const asked = new Set<SpoolHolder>();
    while (this.#heldBytes > this.maxBytes) {
      const largest = this.#largest(asked);
      if (largest === undefined) return;
      asked.add(largest);
      this.#spilling.add(largest);
      try {
        await largest.spill();
      } finally {
        this.#spilling.delete(largest);
      }
    }
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
