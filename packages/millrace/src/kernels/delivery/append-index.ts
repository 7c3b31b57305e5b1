import type { Offset } from "../log/port.ts";

interface Entry {
  readonly firstOffset: number;
  nextOffset: number;
  bytes: number;
  /** Of its first record. */
  readonly arrivalTimeMs: number;
}

/** Appends share an entry up to this: what is told of a part of one is an estimate. */
const entryBytes = 256 * 1024;

/** How many bytes lie where in a log, and since when: for the backlog and the age of what waits. */
export class AppendIndex {
  #entries: Entry[] = [];
  #bytes = 0;

  /** Of all that is not forgotten, in whole entries. */
  get bytes(): number {
    return this.#bytes;
  }

  note(firstOffset: Offset, count: number, bytes: number, arrivalTimeMs: number): void {
    this.#bytes += bytes;
    const last = this.#entries.at(-1);
    if (last !== undefined && last.nextOffset === firstOffset && last.bytes + bytes <= entryBytes) {
      last.nextOffset = firstOffset + count;
      last.bytes += bytes;
      return;
    }
    const nextOffset = firstOffset + count;
    // Appends that are acknowledged out of order keep the entries sorted all the same.
    const at = this.#entries.findLastIndex((entry) => entry.firstOffset < firstOffset) + 1;
    this.#entries.splice(at, 0, { firstOffset, nextOffset, bytes, arrivalTimeMs });
  }

  /** Forgets what lies below. */
  dropBelow(offset: Offset): void {
    let gone = 0;
    for (const entry of this.#entries) {
      if (entry.nextOffset > offset) break;
      this.#bytes -= entry.bytes;
      gone += 1;
    }
    if (gone > 0) this.#entries.splice(0, gone);
  }

  bytesFrom(offset: Offset): number {
    let bytes = 0;
    for (const entry of this.#entries) {
      const left = entry.nextOffset - Math.max(entry.firstOffset, offset);
      if (left > 0) bytes += (entry.bytes * left) / (entry.nextOffset - entry.firstOffset);
    }
    return Math.round(bytes);
  }

  /** Of the first record at or behind the offset, or a little earlier. */
  arrivalTimeMs(offset: Offset): number | undefined {
    return this.#entries.find((entry) => entry.nextOffset > offset)?.arrivalTimeMs;
  }
}
