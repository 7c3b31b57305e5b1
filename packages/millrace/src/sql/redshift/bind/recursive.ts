import type { CommonTable } from "../ast/query.ts";
import { type CommonTableBinding, type Frame, notSupported } from "./block.ts";

/** Does its query name the table itself? */
export function namesItself(_item: CommonTable): boolean {
  return true;
}

export function bindRecursive(
  item: CommonTable,
  _frame: Frame,
): { readonly binding: CommonTableBinding; readonly sql: string } {
  throw notSupported("WITH RECURSIVE", item.name.span);
}
