/** Pairs of rows and slots, collected again and again in the same memory. */
export class RowScratch {
  rows: Int32Array = new Int32Array(64);
  slots: Int32Array = new Int32Array(64);
  count = 0;

  /** Empty, with room for so many. */
  begin(capacity: number): this {
    if (this.rows.length < capacity) {
      this.rows = new Int32Array(capacity * 2);
      this.slots = new Int32Array(capacity * 2);
    }
    this.count = 0;
    return this;
  }

  push(row: number, slot: number): void {
    this.rows[this.count] = row;
    this.slots[this.count] = slot;
    this.count += 1;
  }
}
