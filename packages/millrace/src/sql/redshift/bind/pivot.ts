import type { Pivot } from "../ast/query.ts";
import { type Block, type FromPart, notSupported } from "./block.ts";

export function bindPivot(item: Pivot, _block: Block): FromPart {
  throw notSupported("PIVOT", item.span);
}
