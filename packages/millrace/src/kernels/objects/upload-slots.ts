/** Room for one part in an upload's own file. */
export interface Slot {
  readonly bytes: number;
  /** From 1. */
  readonly number: number;
}

/** S3 refuses smaller parts, but for the last one: it does not tell how long the others are. */
const minSlotBytes: number = 5 * 1024 * 1024;
/** Of an object, and of a file with holes. */
const maxFileBytes: number = 5 * 1024 ** 4;

/**
 * Which slots of an upload's file are taken, from the moment that somebody begins to write one. All have the size of the first part that came.
 */
export class UploadSlots {
  #slotBytes: number | undefined;
  readonly #taken = new Set<number>();
  #closed = 0;

  /** @param filled slots that hold parts already. */
  constructor(filled: readonly Slot[]) {
    for (const slot of filled) {
      this.#slotBytes = slot.bytes;
      this.#taken.add(slot.number);
    }
  }

  /** Whether no slot but these is filled or being written. */
  holdsOnly(numbers: ReadonlySet<number>): boolean {
    for (const number of this.#taken) if (!numbers.has(number)) return false;
    return true;
  }

  /** A free slot for a part of this size; undefined when it does not fit, or another writer has the slot. */
  claim(number: number, declaredBytes: number | undefined): Slot | undefined {
    if (this.#closed > 0 || declaredBytes === undefined || this.#taken.has(number)) return undefined;
    if (declaredBytes < minSlotBytes && this.#slotBytes === undefined && number > 1) return undefined;
    const bytes = this.#slotBytes ?? declaredBytes;
    if (bytes === 0 || declaredBytes > bytes || number * bytes > maxFileBytes) return undefined;
    this.#slotBytes = bytes;
    this.#taken.add(number);
    return { bytes, number };
  }

  /** The slot's part could not be written, or is not needed any more. */
  release(slot: Slot): void {
    this.#taken.delete(slot.number);
  }

  /** No slot is given away until `open`. */
  close(): void {
    this.#closed += 1;
  }

  open(): void {
    this.#closed -= 1;
  }
}
