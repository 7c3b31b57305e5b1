import type { Offset } from "../log/port.ts";
import type { Claim } from "./positions.ts";

/**
 * Records that overflowed the active partitions. Which ones do depends on the moment, so it is kept with the
 * next commit: after a restart they go to the error output again, and never twice.
 */
export class Claims {
  /** Offsets ascend: a Map keeps insertion order. */
  readonly #partitions = new Map<Offset, Set<string>>();
  #fresh: Claim[] = [];
  #size = 0;

  constructor(claims: readonly Claim[]) {
    for (const { offset, partition } of claims) this.#add(offset, partition);
  }

  get size(): number {
    return this.#size;
  }

  has(offset: Offset, partition: string): boolean {
    return this.#size > 0 && this.#partitions.get(offset)?.has(partition) === true;
  }

  add(offset: Offset, partition: string): void {
    if (this.#add(offset, partition)) this.#fresh.push({ offset, partition });
  }

  #add(offset: Offset, partition: string): boolean {
    const known = this.#partitions.get(offset) ?? new Set();
    if (known.has(partition)) return false;
    this.#partitions.set(offset, known.add(partition));
    this.#size += 1;
    return true;
  }

  /** Those that no commit has kept yet. */
  takeFresh(): readonly Claim[] {
    const fresh = this.#fresh;
    this.#fresh = [];
    return fresh;
  }

  dropBelow(offset: Offset): void {
    for (const [at, partitions] of this.#partitions) {
      if (at >= offset) break;
      this.#partitions.delete(at);
      this.#size -= partitions.size;
    }
  }
}
