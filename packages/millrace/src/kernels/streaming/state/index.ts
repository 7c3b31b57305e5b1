export { convertColumn, convertValue } from "./integer-modes.ts";
export { KeyTable } from "./key-table.ts";
export { columnOf, partOf } from "./restore-slots.ts";
export { RowStore } from "./row-store.ts";
export { SlotAllocator, type SlotState } from "./slot-allocator.ts";
export { SlotDoubles, SlotIntegers } from "./slot-numbers.ts";
export { StateColumn } from "./state-column.ts";
export { sizeOfValue } from "./value-size.ts";
