import type { KeyValue } from "../key-type.ts";
import type { PartitionKey } from "../partition-key.ts";
import { type Filter, hiveNull } from "./filter.ts";

/** SQL text with the values of its parameters, in order. */
export interface Sql {
  readonly text: string;
  readonly values: readonly (KeyValue | Uint8Array)[];
}

/** The SQL expression of a key's value in the rows that are filtered. */
export type KeyExpression = (key: PartitionKey) => string;

/**
 * The condition on a partition's row. Values are bound, never written into the text. A
 * value that is not of its key's type is NULL in the row, so that no comparison holds for it, and neither does
 * its negation.
 */
export function filterSql(filter: Filter, expression: KeyExpression): Sql {
  switch (filter.kind) {
    case "and":
    case "or":
      return joinedSql(
        filter.operands.map((operand) => filterSql(operand, expression)),
        filter.kind.toUpperCase(),
      );
    case "not": {
      const { text, values } = filterSql(filter.operand, expression);
      return { text: `NOT ${text}`, values };
    }
    case "null":
      return nullSql(filter, expression(filter.key));
    case "compare":
      return { text: `(${expression(filter.key)} ${filter.operator} ?)`, values: [filter.value] };
    case "between": {
      const text = `(${expression(filter.key)}${not(filter)} BETWEEN ? AND ?)`;
      return { text, values: [filter.low, filter.high] };
    }
    case "in": {
      const marks = filter.values.map(() => "?").join(", ");
      return { text: `(${expression(filter.key)}${not(filter)} IN (${marks}))`, values: filter.values };
    }
    case "like":
      return {
        text: `(${expression(filter.key)}${not(filter)} GLOB ?)`,
        values: [globOf(filter.pattern)],
      };
  }
}

const not = ({ negated }: { readonly negated: boolean }): string => (negated ? " NOT" : "");

/** A long chain as a balanced tree, because SQLite bounds the depth of an expression. */
function joinedSql(operands: readonly Sql[], word: string): Sql {
  const [first] = operands;
  if (first === undefined || operands.length === 1) return first ?? { text: "1", values: [] };
  const middle = operands.length >> 1;
  const left = joinedSql(operands.slice(0, middle), word);
  const right = joinedSql(operands.slice(middle), word);
  return { text: `(${left.text} ${word} ${right.text})`, values: [...left.values, ...right.values] };
}

/** For text, the partition that Hive makes of rows without a value is the one that is null. */
function nullSql({ key, negated }: Extract<Filter, { kind: "null" }>, value: string): Sql {
  if (key.kind !== "string") return { text: `(${value} IS${negated ? " NOT" : ""} NULL)`, values: [] };
  return { text: `(${value} IS${negated ? " NOT" : ""} ?)`, values: [hiveNull] };
}

/** LIKE without regard to SQLite's own, which takes no notice of case: `%` and `_` become GLOB's `*` and `?`. */
function globOf(pattern: string): string {
  return pattern.replace(/[*?[]/g, "[$&]").replace(/%+/g, "*").replaceAll("_", "?");
}
