export type { SavedState } from "./aggregate.ts";
export { AggregateSet } from "./aggregate-set.ts";
