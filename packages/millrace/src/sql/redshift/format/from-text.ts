import type { Identifier } from "../ast/name.ts";
import type { FromItem, FunctionItem, Join, Pivot, Unpivot } from "../ast/tree.ts";
import { formatType } from "../type-text.ts";
import { columnsText, nameText, pathText } from "./name-text.ts";
import type { TextWriter } from "./text-writer.ts";

export function fromText(writer: TextWriter, item: FromItem): string {
  switch (item.kind) {
    case "table":
      return `${pathText(item.name.parts)}${aliasText(item)}${positionText(item.at)}`;
    case "path":
      return `${writer.expression(item.expression)}${aliasText(item)}${positionText(item.at)}`;
    case "subquery":
      return `${item.lateral ? "lateral " : ""}(${writer.query(item.query)})${aliasText(item)}`;
    case "function":
      return functionText(writer, item);
    case "join":
      return joinText(writer, item);
    case "pivot":
      return pivotText(writer, item);
    case "unpivot":
      return unpivotText(writer, item);
    case "object-unpivot":
      return `unpivot ${writer.operand(item.expression)} as ${nameText(item.value)}${positionText(item.attribute)}`;
  }
}

interface Named {
  readonly alias: Identifier | undefined;
  readonly columns: readonly Identifier[];
}

const aliasText = ({ alias, columns }: Named): string =>
  alias === undefined ? "" : ` as ${nameText(alias)}${columnsText(columns)}`;

const positionText = (name: Identifier | undefined): string =>
  name === undefined ? "" : ` at ${nameText(name)}`;

function functionText(writer: TextWriter, item: FunctionItem): string {
  const call = `${writer.expression(item.call)}${item.withOffset ? " with offset" : ""}`;
  if (item.columnTypes.length === 0) {
    return `${call}${aliasText(item)}`;
  }
  const columns = item.columns.map((column, index) => {
    const type = item.columnTypes[index];
    return `${nameText(column)}${type === undefined ? "" : ` ${formatType(type)}`}`;
  });
  return `${call} as ${item.alias === undefined ? "" : nameText(item.alias)}(${columns.join(", ")})`;
}

function joinText(writer: TextWriter, { type, natural, left, right, on, using }: Join): string {
  const rightText = fromText(writer, right);
  const kind = `${natural ? "natural " : ""}${type === "inner" ? "" : `${type} `}join`;
  const target = right.kind === "join" ? `(${rightText})` : rightText;
  const condition = on === undefined ? "" : ` on ${writer.expression(on)}`;
  return `${fromText(writer, left)} ${kind} ${target}${condition}${using.length === 0 ? "" : ` using${columnsText(using)}`}`;
}

function sourceText(writer: TextWriter, source: FromItem): string {
  return source.kind === "join" ? `(${fromText(writer, source)})` : fromText(writer, source);
}

function pivotText(writer: TextWriter, item: Pivot): string {
  const named = (text: string, alias: Identifier | undefined): string =>
    alias === undefined ? text : `${text} as ${nameText(alias)}`;
  const calls = item.aggregates.map(({ call, alias }) => named(writer.expression(call), alias));
  const values = item.values.map(({ value, alias }) => named(writer.expression(value), alias));
  const clause = `${calls.join(", ")} for ${nameText(item.column)} in (${values.join(", ")})`;
  return `${sourceText(writer, item.source)} pivot (${clause})${aliasText(item)}`;
}

function unpivotText(writer: TextWriter, item: Unpivot): string {
  const inputs = item.inputs.map(({ column, label }) =>
    label === undefined ? nameText(column) : `${nameText(column)} as ${writer.expression(label)}`,
  );
  const clause = `${nameText(item.value)} for ${nameText(item.name)} in (${inputs.join(", ")})`;
  const nulls = item.includeNulls ? "include nulls " : "";
  return `${sourceText(writer, item.source)} unpivot ${nulls}(${clause})${aliasText(item)}`;
}
