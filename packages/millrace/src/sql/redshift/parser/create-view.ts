import type { CreateMaterializedView, CreateView } from "../ast/view.ts";
import { parseQuery } from "./query.ts";
import { parseYesNo } from "./shared-clauses.ts";
import { parseTableAttributes } from "./table-attributes.ts";
import type { TokenStream } from "./token-stream.ts";

/** CREATE [OR REPLACE] VIEW has been read. */
export function parseCreateView(stream: TokenStream, start: number, orReplace: boolean): CreateView {
  const name = stream.qualifiedName();
  const columns = stream.at("(") ? stream.columnList() : [];
  stream.expect("as");
  const queryStart = stream.current.start;
  const query = parseQuery(stream);
  const queryText = stream.slice(queryStart, stream.previousEnd);
  const lateBinding = stream.accept("with");
  if (lateBinding) {
    stream.expect("no", "schema", "binding");
  }
  const span = stream.spanFrom(start);
  return { kind: "create-view", orReplace, name, columns, query, queryText, lateBinding, span };
}

/** CREATE MATERIALIZED VIEW has been read. */
export function parseCreateMaterializedView(stream: TokenStream, start: number): CreateMaterializedView {
  const name = stream.qualifiedName();
  const attributes = parseTableAttributes(stream);
  const autoRefresh = stream.accept("auto", "refresh") ? parseYesNo(stream) : undefined;
  stream.expect("as");
  const queryStart = stream.current.start;
  const query = parseQuery(stream);
  const queryText = stream.slice(queryStart, stream.previousEnd);
  const span = stream.spanFrom(start);
  return { kind: "create-materialized-view", name, attributes, autoRefresh, query, queryText, span };
}
