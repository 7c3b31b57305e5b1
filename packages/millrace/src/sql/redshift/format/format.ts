import type { Expression } from "../ast/expression.ts";
import type { Query } from "../ast/query.ts";
import { sortText } from "./call-text.ts";
import { bindingOf, expressionText } from "./expression-text.ts";
import { queryText } from "./query-text.ts";
import type { TextWriter } from "./text-writer.ts";

const WRITER: TextWriter = Object.freeze({
  expression: (expression, binding = 0) => {
    const text = expressionText(WRITER, expression);
    return bindingOf(expression) < Math.max(binding, 1) ? `(${text})` : text;
  },
  operand: (expression) => {
    const text = WRITER.expression(expression);
    return standsAlone(expression) ? text : `(${text})`;
  },
  query: (query) => queryText(WRITER, query),
  sortItems: (items) => sortText(WRITER, items),
} satisfies TextWriter);

/** Whether `[`, `.` and `::` may follow without brackets. */
function standsAlone({ kind }: Expression): boolean {
  switch (kind) {
    case "reference":
    case "subscript":
    case "field":
    case "scalar-query":
    case "parameter":
    case "string":
    case "number":
    case "null":
    case "boolean":
      return true;
    default:
      return false;
  }
}

/** The expression as Redshift SQL, which parses to the same tree (but for spans). */
export const formatExpression = (expression: Expression): string => WRITER.expression(expression);

/** The query as Redshift SQL, which parses to the same tree (but for spans). */
export const formatQuery = (query: Query): string => WRITER.query(query);
