/** Which rows of a batch go to which groups: those that are added, and those that are taken back. */
export class GroupRows {
  addRows: Int32Array = new Int32Array(0);
  addSlots: Int32Array = new Int32Array(0);
  addCount = 0;
  retractRows: Int32Array = new Int32Array(0);
  retractSlots: Int32Array = new Int32Array(0);
  retractCount = 0;

  begin(capacity: number): void {
    this.addCount = 0;
    this.retractCount = 0;
    if (this.addRows.length >= capacity) return;
    this.addRows = new Int32Array(capacity);
    this.addSlots = new Int32Array(capacity);
    this.retractRows = new Int32Array(capacity);
    this.retractSlots = new Int32Array(capacity);
  }

  /** All rows are added; their slots are in `addSlots` already. */
  addAll(count: number): void {
    for (let row = 0; row < count; row += 1) this.addRows[row] = row;
    this.addCount = count;
  }

  add(row: number, slot: number): void {
    this.addRows[this.addCount] = row;
    this.addSlots[this.addCount] = slot;
    this.addCount += 1;
  }

  retract(row: number, slot: number): void {
    this.retractRows[this.retractCount] = row;
    this.retractSlots[this.retractCount] = slot;
    this.retractCount += 1;
  }
}
