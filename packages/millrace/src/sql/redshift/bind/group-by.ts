import { SqlError } from "../../sql-error.ts";
import type { Expression } from "../ast/expression.ts";
import type { GroupingItem, Select } from "../ast/query.ts";
import { isText } from "../type-rules.ts";
import type { Block, GroupKey } from "./block.ts";
import { type Bound, hasAggregate } from "./bound.ts";
import { settled } from "./coerce.ts";
import { comparable, isPlainlyComparable } from "./comparison.ts";
import { bindItem, type Item } from "./select-items.ts";

export interface Grouping {
  /** What stands behind GROUP BY; undefined without groups. */
  readonly sql: string | undefined;
  readonly keys: ReadonlyMap<string, GroupKey>;
}

/** GROUP BY in all its forms. @throws SqlError 42P10, 42803 */
export function bindGroupBy(select: Select, items: readonly Item[], block: Block): Grouping {
  return block.within("GROUP BY", () => {
    const keys = new KeyCollector(items, block);
    if (select.groupByAll) {
      const texts = items.map((item) => keys.ofItem(item)).filter((text) => text !== undefined);
      return { sql: texts.length === 0 ? undefined : texts.join(", "), keys: keys.finished(false) };
    }
    const simple = select.groupBy.every((item) => item.kind === "expression");
    const texts = select.groupBy.map((item) => groupingText(item, keys));
    return { sql: texts.length === 0 ? undefined : texts.join(", "), keys: keys.finished(!simple) };
  });
}

function groupingText(item: GroupingItem, keys: KeyCollector): string {
  const set = (expressions: readonly Expression[]): string =>
    `(${expressions.map((expression) => keys.of(expression)).join(", ")})`;
  switch (item.kind) {
    case "expression":
      return item.expression.kind === "row" ? set(item.expression.items) : keys.of(item.expression);
    case "set":
      return set(item.expressions);
    case "rollup":
    case "cube":
      return `${item.kind.toUpperCase()} (${item.sets.map((one) => (one.length === 1 ? one.map((e) => keys.of(e)).join() : set(one))).join(", ")})`;
    case "sets":
      return `GROUPING SETS (${item.items.map((inner) => groupingText(inner, keys)).join(", ")})`;
  }
}

class KeyCollector {
  readonly #items: readonly Item[];
  readonly #block: Block;
  readonly #values = new Map<string, Bound>();

  constructor(items: readonly Item[], block: Block) {
    this.#items = items;
    this.#block = block;
  }

  /** Binds one expression, an ordinal or an alias, and gives its text in GROUP BY. */
  of(expression: Expression): string {
    return this.#note(this.#resolved(expression));
  }

  /** Of GROUP BY ALL: undefined for an item that holds an aggregate. */
  ofItem(item: Item): string | undefined {
    const value = this.#block.within("SELECT", () => bindItem(item, this.#block));
    return (value.traits & hasAggregate) !== 0 ? undefined : this.#note(value);
  }

  #note(value: Bound): string {
    this.#values.set(value.sql, value);
    const text = comparable(value, this.#block);
    // A bare number would be an ordinal to the engine.
    return /^[0-9]+$/.test(text) ? `CAST(${text} AS BIGINT)` : text;
  }

  #resolved(expression: Expression): Bound {
    if (expression.kind === "number") {
      const item = /^[0-9]+$/.test(expression.text) ? this.#items[Number(expression.text) - 1] : undefined;
      if (item !== undefined) return this.#item(item);
      throw new SqlError("42P10", `GROUP BY position ${expression.text} is not in select list`, {
        position: expression.span.start,
      });
    }
    if (expression.kind === "reference" && expression.parts.length === 1) {
      const [name] = expression.parts;
      const isColumn = name !== undefined && this.#block.scope.column(name) !== undefined;
      const item = this.#items.find((one) => one.kind === "expression" && one.alias === name?.name);
      if (!isColumn && item !== undefined) return this.#item(item);
    }
    return settled(this.#block.expression(expression), this.#block, expression.span);
  }

  #item(item: Item): Bound {
    return settled(bindItem(item, this.#block), this.#block);
  }

  /** @param sets there are groups that leave some of the keys out, which are NULL there */
  finished(sets: boolean): ReadonlyMap<string, GroupKey> {
    const keys = new Map<string, GroupKey>();
    for (const [sql, value] of this.#values) {
      const grouped = comparable(value, this.#block);
      const shown = isPlainlyComparable(value, this.#block) ? sql : `first(${sql})`;
      const isSample = shown !== sql && isText(value.type);
      keys.set(sql, {
        grouped,
        shown: isSample && sets ? `CASE WHEN grouping(${grouped}) = 0 THEN ${shown} END` : shown,
      });
    }
    return keys;
  }
}
