import type { Expression } from "../ast/expression.ts";
import type { Block } from "./block.ts";

/** Tells the scans of this query which conditions their rows are held to. */
export function noteScanPredicates(_where: Expression, _block: Block): void {}
