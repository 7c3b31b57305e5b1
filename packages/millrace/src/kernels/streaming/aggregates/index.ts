export type { RestoredState, SavedState } from "./aggregate.ts";
export { AggregateSet } from "./aggregate-set.ts";
