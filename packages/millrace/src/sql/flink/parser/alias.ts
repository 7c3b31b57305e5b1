import type { TableItem } from "../ast/tree.ts";
import type { TokenStream } from "./token-stream.ts";

// [[AS] alias [(columns)]]
export function parseAlias(
  stream: TokenStream,
  start: number,
): Pick<TableItem, "alias" | "columns" | "span"> {
  const named = stream.accept("as");
  const alias = named || stream.atIdentifier() ? stream.identifier("an alias (a name)") : undefined;
  const columns = alias !== undefined && stream.at("(") ? stream.nameList() : [];
  return { alias, columns, span: stream.spanFrom(start) };
}
