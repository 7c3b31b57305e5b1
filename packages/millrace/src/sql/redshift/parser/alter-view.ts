import type { AlterMaterializedView, RefreshMaterializedView } from "../ast/view.ts";
import { acceptSwitch, expectAny, parseBehavior, parseYesNo } from "./shared-clauses.ts";
import { parseDistStyle, parseSortKey } from "./table-attributes.ts";
import type { TokenStream } from "./token-stream.ts";

type Action = AlterMaterializedView["action"];
type RowLevelSecurity = Extract<Action, { kind: "row-level-security" }>;

/** REFRESH MATERIALIZED VIEW v */
export function parseRefresh(stream: TokenStream): RefreshMaterializedView {
  const { start } = stream.current;
  stream.expect("refresh", "materialized", "view");
  const name = stream.qualifiedName();
  const behavior = parseBehavior(stream);
  return { kind: "refresh-materialized-view", name, behavior, span: stream.spanFrom(start) };
}

/** ALTER MATERIALIZED VIEW has been read. */
export function parseAlterMaterializedView(stream: TokenStream, start: number): AlterMaterializedView {
  const name = stream.qualifiedName();
  const action = parseAction(stream);
  return { kind: "alter-materialized-view", name, action, span: stream.spanFrom(start) };
}

function parseAction(stream: TokenStream): Action {
  if (stream.accept("auto", "refresh")) {
    return { kind: "auto-refresh", on: parseYesNo(stream) };
  }
  if (stream.accept("row", "level", "security")) {
    return parseRowLevelSecurity(stream);
  }
  stream.expect("alter");
  if (stream.accept("distkey")) {
    return { kind: "distribution", style: "key", column: stream.identifier() };
  }
  if (stream.accept("diststyle")) {
    const style = parseDistStyle(stream);
    const column = style === "key" && stream.accept("distkey") ? stream.identifier() : undefined;
    if (style === "key" && column === undefined) {
      throw stream.syntaxError();
    }
    return { kind: "distribution", style, column };
  }
  if (stream.accept("sortkey", "none")) {
    return { kind: "sort-key", columns: "none" };
  }
  const sortKey = parseSortKey(stream);
  return { kind: "sort-key", columns: sortKey.kind === "auto" ? "auto" : sortKey.columns };
}

/** Behind ROW LEVEL SECURITY. */
export function parseRowLevelSecurity(stream: TokenStream): RowLevelSecurity {
  const on = acceptSwitch(stream);
  if (on === undefined) {
    throw stream.syntaxError();
  }
  const conjunction = stream.accept("conjunction", "type") ? expectAny(stream, "and", "or") : undefined;
  const forDatashares = stream.accept("for", "datashares");
  return { kind: "row-level-security", on, conjunction, forDatashares };
}
