import type { RowPattern, SkipStrategy } from "../ast/pattern.ts";
import type { FromItem, Join, MatchItem } from "../ast/tree.ts";
import { hintsText } from "./hint-text.ts";
import { columnsText, joined, nameText, pathText, type TextWriter } from "./text-writer.ts";

/** What stands behind FROM and JOIN. */
export function fromText(writer: TextWriter, item: FromItem): string {
  if (item.kind === "join") {
    return joinText(writer, item);
  }
  const alias = item.alias === undefined ? "" : `AS ${nameText(item.alias)}${columnsText(item.columns)}`;
  return joined([sourceText(writer, item), alias]);
}

function sourceText(writer: TextWriter, item: Exclude<FromItem, Join>): string {
  switch (item.kind) {
    case "table":
      return joined([
        pathText(item.name),
        hintsText(item.hints),
        item.systemTime === undefined ? "" : `FOR SYSTEM_TIME AS OF ${writer.expression(item.systemTime)}`,
      ]);
    case "subquery":
      return `${item.lateral ? "LATERAL " : ""}(${writer.query(item.query)})`;
    case "function":
      return `${item.lateral ? "LATERAL " : ""}TABLE(${writer.expression(item.call)})`;
    case "unnest": {
      const items = item.expressions.map((expression) => writer.expression(expression)).join(", ");
      return `UNNEST(${items})${item.withOrdinality ? " WITH ORDINALITY" : ""}`;
    }
    case "match-recognize":
      return matchText(writer, item);
  }
}

/** Joins to the right are in brackets. */
function joinText(writer: TextWriter, { type, natural, left, right, on, using }: Join): string {
  const rightText = fromText(writer, right);
  const word = type === "inner" ? "JOIN" : `${type.toUpperCase()} JOIN`;
  return joined([
    fromText(writer, left),
    natural && "NATURAL",
    word,
    right.kind === "join" ? `(${rightText})` : rightText,
    on === undefined ? "" : `ON ${writer.expression(on)}`,
    using.length === 0 ? "" : `USING${columnsText(using)}`,
  ]);
}

function matchText(writer: TextWriter, item: MatchItem): string {
  const text = writer.expression.bind(writer);
  const input = fromText(writer, item.input);
  const measures = item.measures.map(
    ({ expression, alias }) => `${text(expression)} AS ${alias === undefined ? "" : nameText(alias)}`,
  );
  const definitions = item.definitions.map(
    ({ variable, condition }) => `${nameText(variable)} AS ${text(condition)}`,
  );
  const subsets = item.subsets.map(({ name, variables }) => `${nameText(name)} =${columnsText(variables)}`);
  const pattern = joined([item.atStart && "^", patternText(item.pattern), item.atEnd && "$"]);
  const rows = item.rowsPerMatch === "one" ? "ONE ROW PER MATCH" : "ALL ROWS PER MATCH";
  const body = joined([
    item.partitionBy.length === 0
      ? ""
      : `PARTITION BY ${item.partitionBy.map((key) => text(key)).join(", ")}`,
    item.orderBy.length === 0 ? "" : `ORDER BY ${writer.sortItems(item.orderBy)}`,
    measures.length === 0 ? "" : `MEASURES ${measures.join(", ")}`,
    item.rowsPerMatch === undefined ? "" : rows,
    item.after === undefined ? "" : `AFTER MATCH SKIP ${skipText(item.after)}`,
    `PATTERN (${pattern})`,
    item.within === undefined ? "" : `WITHIN ${text(item.within)}`,
    subsets.length === 0 ? "" : `SUBSET ${subsets.join(", ")}`,
    `DEFINE ${definitions.join(", ")}`,
  ]);
  return `${item.input.kind === "join" ? `(${input})` : input} MATCH_RECOGNIZE (${body})`;
}

const skipText = (skip: SkipStrategy): string =>
  skip.kind === "to first" || skip.kind === "to last"
    ? `${skip.kind.toUpperCase()} ${nameText(skip.variable)}`
    : skip.kind.toUpperCase();

function patternText(pattern: RowPattern): string {
  switch (pattern.kind) {
    case "variable":
      return nameText(pattern.name);
    case "sequence":
      return pattern.items.map(innerPattern).join(" ");
    case "alternation":
      return pattern.items
        .map((item) => (item.kind === "alternation" ? `(${patternText(item)})` : patternText(item)))
        .join(" | ");
    case "permutation":
      return `PERMUTE(${pattern.items.map(patternText).join(", ")})`;
    case "exclusion":
      return `{- ${patternText(pattern.item)} -}`;
    case "quantified": {
      const { item, min, max, reluctant } = pattern;
      const text = item.kind === "quantified" ? `(${patternText(item)})` : innerPattern(item);
      return `${text}${quantifierText(min, max)}${reluctant ? "?" : ""}`;
    }
  }
}

const innerPattern = (pattern: RowPattern): string =>
  pattern.kind === "sequence" || pattern.kind === "alternation"
    ? `(${patternText(pattern)})`
    : patternText(pattern);

function quantifierText(min: number, max: number | undefined): string {
  if (max === undefined) {
    return min === 0 ? "*" : min === 1 ? "+" : `{${min},}`;
  }
  return min === 0 && max === 1 ? "?" : min === max ? `{${min}}` : `{${min},${max}}`;
}
