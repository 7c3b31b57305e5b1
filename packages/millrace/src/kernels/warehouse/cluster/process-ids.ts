/** Process ids that are given out before they begin again. */
const processIds = 1_000_000_000;

/** Numbers of sessions, transactions and temporary schemas, all small and of one run of the cluster. */
export class ProcessIds {
  #last = 0;
  #lastTransaction = 0;
  readonly #slots = new Set<number>();

  next(isTaken: (id: number) => boolean): number {
    do this.#last = (this.#last % processIds) + 1;
    while (isTaken(this.#last));
    return this.#last;
  }

  nextTransaction(): number {
    return ++this.#lastTransaction;
  }

  /** The smallest number that no open session has, from 1. */
  takeSlot(): number {
    let slot = 1;
    while (this.#slots.has(slot)) slot++;
    this.#slots.add(slot);
    return slot;
  }

  giveSlot(slot: number): void {
    this.#slots.delete(slot);
  }
}
