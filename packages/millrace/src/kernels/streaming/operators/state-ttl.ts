import type { RoundContext } from "../operator.ts";
import { SlotDoubles } from "../state/index.ts";

/** How often a sweep looks for what has expired, in parts of the time to live. */
const sweepsPerTtl = 4;

/**
 * When state was last written, by slot, and what of it has outlived `table.exec.state.ttl`. Attached to the keys
 * or rows that it is about. Without a time to live it costs nothing.
 */
export class StateTtl {
  readonly written: SlotDoubles = new SlotDoubles();
  readonly #ttlMs: number;
  #nextSweepMs: number = Number.NEGATIVE_INFINITY;

  constructor(ttlMs: number) {
    this.#ttlMs = ttlMs;
  }

  get isOn(): boolean {
    return this.#ttlMs > 0;
  }

  touch(slot: number, { nowMs }: Pick<RoundContext, "nowMs">): void {
    this.written.values[slot] = nowMs;
  }

  hasExpired(slot: number, { nowMs }: Pick<RoundContext, "nowMs">): boolean {
    return this.#ttlMs > 0 && nowMs - (this.written.values[slot] as number) >= this.#ttlMs;
  }

  /** Asks for the removal of what has expired, now and then: called once a round. */
  sweep(slotCount: number, round: Pick<RoundContext, "nowMs">, removeExpired: (slot: number) => void): void {
    if (this.#ttlMs <= 0 || round.nowMs < this.#nextSweepMs) return;
    this.#nextSweepMs = round.nowMs + this.#ttlMs / sweepsPerTtl;
    for (let slot = slotCount - 1; slot >= 0; slot -= 1)
      if (this.hasExpired(slot, round)) removeExpired(slot);
  }
}
