import type { FromItem, TableItem } from "../ast/query.ts";
import type { Block, FromPart } from "./block.ts";
import { notSupported } from "./block.ts";
import { bindFunctionItem, bindQueryItem, bindTable } from "./from-table.ts";
import { bindJoin, checkNames, combined } from "./join.ts";
import { bindPivot } from "./pivot.ts";
import { bindObjectUnpivot, bindPathItem, pathOf } from "./unnest.ts";
import { bindUnpivot } from "./unpivot.ts";

/** FROM as a whole: items one after another, of which later ones may unnest SUPER columns of those before. */
export function bindFromParts(items: readonly FromItem[], block: Block): readonly FromPart[] {
  return block.within("FROM", () =>
    items.map((item) => {
      const before = block.scope;
      const part = block.binders.fromItem(item, block);
      checkNames(before, part.scope, item.span.start);
      block.scope = combined(before, part.scope);
      block.uses.length = 0;
      return part;
    }),
  );
}

export function bindFrom(items: readonly FromItem[], block: Block): string {
  return bindFromParts(items, block)
    .map((part) => part.sql)
    .join(", ");
}

export function bindFromItem(item: FromItem, block: Block): FromPart {
  return block.state.nested(() => bindOne(item, block));
}

function bindOne(item: FromItem, block: Block): FromPart {
  switch (item.kind) {
    case "table":
      return bindTableOrPath(item, block);
    case "path":
      return bindPathItem(item, item.expression, block);
    case "subquery":
      return bindQueryItem(item, block);
    case "function":
      return bindFunctionItem(item, block);
    case "join":
      return bindJoin(item, block);
    case "pivot":
      return bindPivot(item, block);
    case "unpivot":
      return bindUnpivot(item, block);
    case "object-unpivot":
      return bindObjectUnpivot(item, block);
  }
}

/** `c.orders` is an array of `c` where FROM has a `c` already, else a table. */
function bindTableOrPath(item: TableItem, block: Block): FromPart {
  const path = pathOf(item, block);
  if (path !== undefined) return bindPathItem(item, path, block);
  if (item.at !== undefined) throw notSupported("AT behind a table", item.span);
  return bindTable(item, block);
}
