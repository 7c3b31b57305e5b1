import type { Statement } from "../ast/statement.ts";
import type { Expression, Query } from "../ast/tree.ts";
import { sortText } from "./call-text.ts";
import { bindingOf, expressionText } from "./expression-text.ts";
import { queryText } from "./query-text.ts";
import { statementText } from "./statement-text.ts";
import type { TextWriter } from "./text-writer.ts";

const WRITER: TextWriter = Object.freeze({
  expression: (expression, binding = 0) => {
    const text = expressionText(WRITER, expression);
    return bindingOf(expression) < binding ? `(${text})` : text;
  },
  query: (query) => queryText(WRITER, query),
  sortItems: (items) => sortText(WRITER, items),
} satisfies TextWriter);

/** The expression as Flink SQL, which parses to the same tree (but for spans). */
export const formatExpression = (expression: Expression): string => WRITER.expression(expression);

/** The query as Flink SQL, which parses to the same tree (but for spans). */
export const formatQuery = (query: Query): string => WRITER.query(query);

/** The statement as Flink SQL without a semicolon, which parses to the same tree (but for spans). */
export const formatStatement = (statement: Statement): string => statementText(WRITER, statement);
