import type { Span } from "../../position.ts";
import { SqlError } from "../../sql-error.ts";
import type { Expression, Star } from "../ast/expression.ts";
import type { Select } from "../ast/query.ts";
import type { Block } from "./block.ts";
import type { Bound } from "./bound.ts";
import { columnName } from "./column-name.ts";
import { useColumn } from "./reference.ts";
import type { ScopeColumn } from "./scope.ts";

/** An item of the select list after `*` was spread out. */
export type Item =
  | { readonly kind: "column"; readonly name: string; readonly column: ScopeColumn; readonly span: Span }
  | {
      readonly kind: "expression";
      readonly name: string;
      readonly alias: string | undefined;
      readonly expression: Expression;
    };

/** @throws SqlError 42601, 42P01 */
export function spreadItems(select: Select, block: Block): readonly Item[] {
  const items: Item[] = [];
  for (const { expression, alias } of select.items) {
    if (expression.kind === "star") {
      items.push(...starColumns(expression, block));
    } else {
      const name = alias?.name ?? columnName(expression);
      items.push({ kind: "expression", name, alias: alias?.name, expression });
    }
  }
  return items;
}

function starColumns(star: Star, block: Block): readonly Item[] {
  const { qualifier, exclude, span } = star;
  const columns = starSource(star, block);
  const names = new Set(columns.map((column) => column.name));
  for (const name of exclude) {
    if (names.has(name.name)) continue;
    throw new SqlError("42703", `column "${name.name}" in EXCLUDE list does not exist`, {
      position: name.span.start,
    });
  }
  const excluded = new Set(exclude.map((name) => name.name));
  const left = columns.filter((column) => !excluded.has(column.name));
  if (left.length === 0 && qualifier.length === 0 && exclude.length > 0) {
    throw new SqlError("42601", "SELECT * EXCLUDE must leave a column", { position: span.start });
  }
  return left.map((column) => ({ kind: "column", name: column.name, column, span }));
}

function starSource({ qualifier, span }: Star, block: Block): readonly ScopeColumn[] {
  if (qualifier.length === 0) {
    if (block.scope.entries.length > 0) return block.scope.shown;
    throw new SqlError("42601", "SELECT * with no tables specified is not valid", { position: span.start });
  }
  const entry = block.scope.entry(qualifier);
  if (entry !== undefined) return entry.columns.filter((column) => column.origin?.column.hidden !== true);
  const name = qualifier.map((part) => part.name).join(".");
  throw new SqlError("42P01", `missing FROM-clause entry for table "${name}"`, { position: span.start });
}

export function bindItem(item: Item, block: Block): Bound {
  if (item.kind === "expression") return block.expression(item.expression);
  const mark = block.uses.length;
  const value = useColumn(item.column, block, block, item.span);
  const key = block.groupKeys?.get(value.sql);
  if (key === undefined) return value;
  block.uses.length = mark;
  return { ...value, sql: key.shown };
}

/**
 * Lateral aliases: a name that no column has means the item of the select list that is called so (AWS: it is put in
 * place of the name). In the list itself only items that stand before it are seen: `limit` is moved along.
 */
export class LateralAliases {
  readonly #items: readonly Item[];
  readonly #block: Block;
  readonly #known = new Map<string, Bound>();
  readonly #open = new Set<string>();
  /** Items before this one can be named. */
  limit: number;

  constructor(items: readonly Item[], block: Block) {
    this.#items = items;
    this.#block = block;
    this.limit = items.length;
  }

  find(name: string): Bound | undefined {
    const index = this.#items.findIndex((item) => item.kind === "expression" && item.alias === name);
    const item = this.#items[index];
    if (item === undefined || item.kind !== "expression" || index >= this.limit) return undefined;
    const key = `${this.#block.clause}/${this.#block.groupKeys === undefined}/${name}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    if (this.#open.has(name)) return undefined;
    this.#open.add(name);
    try {
      const value = this.#block.expression(item.expression);
      this.#known.set(key, value);
      return value;
    } finally {
      this.#open.delete(name);
    }
  }
}
