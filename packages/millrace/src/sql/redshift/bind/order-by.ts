import { SqlError } from "../../sql-error.ts";
import type { Expression, SortItem } from "../ast/expression.ts";
import type { Block } from "./block.ts";
import type { Bound } from "./bound.ts";
import { comparable, isPlainlyComparable } from "./comparison.ts";
import { direction } from "./sort.ts";

/** What ORDER BY may name besides columns. */
export interface Output {
  readonly name: string;
  readonly value: Bound;
}

/** @param onlyOutputs of DISTINCT: what is sorted by must be in the select list */
export function bindOrderBy(
  orderBy: readonly SortItem[],
  outputs: readonly Output[],
  onlyOutputs: boolean,
  block: Block,
): string {
  const texts = orderBy.map((item) => {
    const index = outputIndex(item.expression, outputs);
    const output = index === undefined ? undefined : outputs[index];
    if (output !== undefined && index !== undefined) return sortText(item, output.value, index, block);
    const value = block.expression(item.expression);
    const same = outputs.findIndex((one) => one.value.sql === value.sql);
    if (same >= 0) return sortText(item, value, same, block);
    if (onlyOutputs) {
      throw new SqlError("42P10", "for SELECT DISTINCT, ORDER BY expressions must appear in select list", {
        position: item.expression.span.start,
      });
    }
    // Literals do not order anything.
    if (value.constant !== undefined) return undefined;
    return `${comparable(value, block)} ${direction(item)}`;
  });
  return texts.filter((text) => text !== undefined).join(", ");
}

function sortText(item: SortItem, value: Bound, index: number, block: Block): string {
  const text = isPlainlyComparable(value, block) ? String(index + 1) : comparable(value, block);
  return `${text} ${direction(item)}`;
}

/** A position or the name of an output. @throws SqlError 42P10, 42702 */
export function outputIndex(expression: Expression, outputs: readonly Output[]): number | undefined {
  if (expression.kind === "number") {
    const position = Number(expression.text);
    if (Number.isInteger(position) && position >= 1 && position <= outputs.length) return position - 1;
    throw new SqlError("42P10", `ORDER BY position ${expression.text} is not in select list`, {
      position: expression.span.start,
    });
  }
  if (expression.kind === "string") {
    throw new SqlError("42601", "non-integer constant in ORDER BY", { position: expression.span.start });
  }
  if (expression.kind !== "reference" || expression.parts.length !== 1) return undefined;
  const name = expression.parts[0]?.name;
  const index = outputs.findIndex((output) => output.name === name);
  if (index < 0) return undefined;
  const first = outputs[index];
  const other = outputs.find(
    (output, at) => at > index && output.name === name && output.value.sql !== first?.value.sql,
  );
  if (other === undefined) return index;
  throw new SqlError("42702", `ORDER BY "${name}" is ambiguous`, { position: expression.span.start });
}
