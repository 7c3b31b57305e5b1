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

/** Which slots of an upload's file are taken. All have the size of the first part that came. */
export class UploadSlots {
  #slotBytes: number | undefined;
  readonly #taken = new Set<number>();
  #writing = 0;
  #closed = 0;

  /** @param filled slots that hold parts already. */
  constructor(filled: readonly Slot[]) {
    for (const slot of filled) {
      this.#slotBytes = slot.bytes;
      this.#taken.add(slot.number);
    }
  }

  /** No slot is being written. */
  get isQuiet(): boolean {
    return this.#writing === 0;
  }

  /** A free slot for a part of this size; undefined when it does not fit, or another writer has the slot. */
  claim(number: number, declaredBytes: number | undefined): Slot | undefined {
    if (this.#closed > 0 || declaredBytes === undefined || this.#taken.has(number)) return undefined;
    if (declaredBytes < minSlotBytes && this.#slotBytes === undefined && number > 1) return undefined;
    const bytes = this.#slotBytes ?? declaredBytes;
    if (bytes === 0 || declaredBytes > bytes || number * bytes > maxFileBytes) return undefined;
    this.#slotBytes = bytes;
    this.#taken.add(number);
    this.#writing += 1;
    return { bytes, number };
  }

  /** The part was written; the slot stays taken. */
  filled(): void {
    this.#writing -= 1;
  }

  /** The part could not be written. */
  abandon(slot: Slot): void {
    this.#writing -= 1;
    this.#taken.delete(slot.number);
  }

  /** A part that was written is not needed any more. */
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
