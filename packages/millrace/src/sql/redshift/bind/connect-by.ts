import type { SortItem } from "../ast/expression.ts";
import type { ConnectBy } from "../ast/query.ts";
import { type Block, notSupported } from "./block.ts";

export interface Hierarchy {
  readonly sql: string;
  /** What ORDER SIBLINGS BY comes to. */
  readonly order: readonly string[];
}

export function bindConnectBy(
  connectBy: ConnectBy,
  _siblings: readonly SortItem[],
  _from: string,
  _block: Block,
): Hierarchy {
  throw notSupported("CONNECT BY", connectBy.condition.span);
}
