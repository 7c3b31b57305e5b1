import { SqlError } from "../../sql-error.ts";
import type { Unpivot } from "../ast/query.ts";
import { quoteText } from "../print/quote.ts";
import { Block, type FromPart, notSupported } from "./block.ts";
import { varcharType } from "./bound.ts";
import { likened } from "./case.ts";
import { part } from "./from-table.ts";
import { useColumn } from "./reference.ts";
import type { ScopeColumn } from "./scope.ts";

/**
 * UNPIVOT: a row for each input column that is not NULL, with the column's name (or label) and value; the columns
 * that are no inputs stand before them.
 */
export function bindUnpivot(item: Unpivot, block: Block): FromPart {
  const inner = new Block(block.beside());
  const source = inner.binders.fromItem(item.source, inner);
  inner.scope = source.scope;
  const inputs = item.inputs.map(({ column: name }) => {
    const column = inner.scope.column(name);
    if (column !== undefined) return column;
    throw new SqlError("42703", `column "${name.name}" does not exist`, { position: name.span.start });
  });
  const places = item.inputs.map(
    ({ column }) => ({ kind: "reference", parts: [column], span: column.span }) as const,
  );
  const values = likened(
    inputs.map((column) => useColumn(column, inner, inner, item.span)),
    "UNPIVOT",
    inner,
    places,
  );
  const rest = inner.scope.visible.filter((column) => !inputs.includes(column));
  const carried = rest.map((column) => useColumn(column, inner, inner, item.span));
  const labels = labelTexts(item, inner);
  const count = rest.length;
  const list = [
    ...carried.map(({ sql }, index) => `${sql} AS c${index + 1}`),
    `unnest([${labels.map(quoteText).join(", ")}]) AS c${count + 1}`,
    `unnest([${values.map(({ sql }) => sql).join(", ")}]) AS c${count + 2}`,
  ];
  const alias = block.state.nextAlias();
  const rows = `SELECT ${list.join(", ")} FROM ${source.sql}`;
  const kept = item.includeNulls ? rows : `SELECT * FROM (${rows}) AS u WHERE u.c${count + 2} IS NOT NULL`;
  const [value] = values;
  const label: ScopeColumn = { ...emptyColumn, name: item.name.name, type: varcharType, blankFree: true };
  const shown: ScopeColumn = {
    ...emptyColumn,
    name: item.value.name,
    type: value?.type ?? varcharType,
    blankFree: values.every((one) => one.blankFree),
  };
  const columns = [...rest, label, shown].map((column, index) => ({
    ...column,
    sql: `${alias}.c${index + 1}`,
    entry: undefined,
    origin: undefined,
  }));
  return part(`(${kept}) AS ${alias}`, columns, undefined, item, alias, undefined, undefined);
}

const emptyColumn = Object.freeze({ sql: "", entry: undefined, origin: undefined });

function labelTexts({ inputs }: Unpivot, inner: Block): readonly string[] {
  return inputs.map(({ column, label }) => {
    if (label === undefined) return column.name;
    const { constant } = inner.expression(label);
    if (typeof constant !== "string") throw notSupported("a label of UNPIVOT that is no literal", label.span);
    return constant.replace(/ +$/, "");
  });
}
