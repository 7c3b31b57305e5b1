export { BatchBuilder } from "./batch-builder.ts";
export { ColumnBuilder } from "./column-builder.ts";
export {
  allocateValues,
  emptyBatch,
  isNull,
  lanesOf,
  readRow,
  readValue,
  type WritableValues,
} from "./column-values.ts";
export { cellsEqual, keysEqual, valuesEqual } from "./equality.ts";
export { concat, gather, gatherColumn, gatherColumnOrNull, slice } from "./gather.ts";
export { hashRow, hashRows, hashValue, keyGroupOf, keyGroupsOf, subtaskOfKeyGroup } from "./hash.ts";
export { compareCells, compareStrings, compareValues } from "./order.ts";
export { copyBatch, partition, transferables } from "./partition.ts";
