import type { FromItem, Query } from "../flink/ast/tree.ts";
import { callOf, columnOf, nameOf } from "./build-tree.ts";

/** The query's columns under these names, and ROWTIME: when a row comes out of it. */
export function withRowtime(query: Query, columns: readonly string[]): Query {
  const { span } = query;
  const inner = nameOf("Q", span);
  const kept = columns.filter((name) => name !== "ROWTIME");
  const items = kept.map((name) => ({ expression: columnOf(inner, name, span), alias: undefined }));
  const proctime = { expression: callOf("PROCTIME", [], span), alias: nameOf("ROWTIME", span) };
  // A ROWTIME that the query selects is the same as the new one, under another name.
  const names = columns.map((name) => nameOf(name === "ROWTIME" ? "ROWTIME of rows" : name, span));
  const source: FromItem = { kind: "subquery", query, lateral: false, alias: inner, columns: names, span };
  return {
    kind: "query",
    with: [],
    recursive: false,
    body: {
      kind: "select",
      hints: [],
      stream: false,
      distinct: false,
      items: [...items, proctime],
      from: [source],
      where: undefined,
      stagger: undefined,
      groupBy: undefined,
      having: undefined,
      windows: [],
      qualify: undefined,
      span,
    },
    orderBy: [],
    offset: undefined,
    limit: undefined,
    span,
  };
}
