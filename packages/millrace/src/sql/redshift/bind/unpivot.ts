import type { Unpivot } from "../ast/query.ts";
import { type Block, type FromPart, notSupported } from "./block.ts";

export function bindUnpivot(item: Unpivot, _block: Block): FromPart {
  throw notSupported("UNPIVOT", item.span);
}
