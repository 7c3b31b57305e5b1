import type { SortItem } from "../ast/expression.ts";
import type { OrderText } from "../functions/function-table.ts";
import type { Block } from "./block.ts";
import type { Bound } from "./bound.ts";
import { comparable } from "./comparison.ts";

/** Direction and place of NULLs, written out: Redshift has NULLs last when ascending, first when descending. */
export function direction({ descending, nulls }: SortItem): string {
  const last = (nulls ?? (descending ? "first" : "last")) === "last";
  return `${descending ? "DESC" : "ASC"} NULLS ${last ? "LAST" : "FIRST"}`;
}

export function orderText(item: SortItem, value: Bound, block: Block): OrderText {
  return {
    sql: `${comparable(value, block)} ${direction(item)}`,
    descending: item.descending,
    nulls: item.nulls ?? (item.descending ? "first" : "last"),
  };
}
