import type { AlterTable, AlterTableAction, AlterTableAppend } from "../ast/alter-table.ts";
import type { QualifiedName } from "../ast/name.ts";
import { atExternalAction, parseExternalActions } from "./alter-external-table.ts";
import { parseRowLevelSecurity } from "./alter-view.ts";
import { acceptSwitch, parseBehavior } from "./shared-clauses.ts";
import { parseDistStyle, parseSortKey } from "./table-attributes.ts";
import { atTableConstraint, parseColumn, parseEncoding, parseTableConstraint } from "./table-column.ts";
import type { TokenStream } from "./token-stream.ts";
import { parseTypeName } from "./type-name.ts";

/** ALTER TABLE has been read. */
export function parseAlterTable(stream: TokenStream, start: number): AlterTable | AlterTableAppend {
  const table = stream.qualifiedName();
  if (stream.accept("append")) {
    return parseAppend(stream, start, table);
  }
  const actions = atExternalAction(stream) ? parseExternalActions(stream) : parseActions(stream);
  return { kind: "alter-table", table, actions, span: stream.spanFrom(start) };
}

function parseAppend(stream: TokenStream, start: number, target: QualifiedName): AlterTableAppend {
  stream.expect("from");
  const source = stream.qualifiedName();
  const option = stream.acceptAny("ignoreextra", "filltarget");
  return {
    kind: "alter-table-append",
    target,
    source,
    ignoreExtra: option === "ignoreextra",
    fillTarget: option === "filltarget",
    span: stream.spanFrom(start),
  };
}

/** One action; only changes of encodings come as a list. */
function parseActions(stream: TokenStream): readonly AlterTableAction[] {
  const first = parseAction(stream);
  if (first.kind !== "alter-column-encode") {
    return [first];
  }
  const actions: AlterTableAction[] = [first];
  while (stream.accept(",")) {
    stream.expect("alter");
    stream.accept("column");
    const column = stream.identifier();
    stream.expect("encode");
    actions.push({ kind: "alter-column-encode", column, encode: parseEncoding(stream) });
  }
  return actions;
}

function parseAction(stream: TokenStream): AlterTableAction {
  if (stream.accept("add")) {
    return parseAdd(stream);
  }
  if (stream.accept("drop")) {
    return parseDrop(stream);
  }
  if (stream.accept("alter")) {
    return parseAlter(stream);
  }
  if (stream.accept("rename")) {
    return parseRename(stream);
  }
  if (stream.accept("owner", "to")) {
    return { kind: "owner", owner: stream.userName() };
  }
  if (stream.accept("row", "level", "security")) {
    return parseRowLevelSecurity(stream);
  }
  stream.expect("masking");
  const on = acceptSwitch(stream);
  if (on === undefined) {
    throw stream.syntaxError();
  }
  stream.expect("for", "datashares");
  return { kind: "masking", on };
}

function parseAdd(stream: TokenStream): AlterTableAction {
  if (atTableConstraint(stream)) {
    return { kind: "add-constraint", constraint: parseTableConstraint(stream) };
  }
  stream.accept("column");
  const { start } = stream.current;
  const { column, constraints } = parseColumn(stream);
  // A new column takes no keys, neither those of the table nor those of its constraints, and no identity.
  const isKey = column.distKey || column.sortKey || column.unique || column.primaryKey;
  const refersOrCounts = column.references !== undefined || column.identity !== undefined;
  if (isKey || refersOrCounts || constraints.length > 0) {
    const message = "ALTER TABLE ADD COLUMN with a key, an identity or a constraint is not supported";
    throw stream.error("0A000", message, start);
  }
  return { kind: "add-column", column };
}

function parseDrop(stream: TokenStream): AlterTableAction {
  if (stream.accept("constraint")) {
    const name = stream.identifier();
    return { kind: "drop-constraint", name, behavior: parseBehavior(stream) };
  }
  stream.accept("column");
  const column = stream.identifier();
  return { kind: "drop-column", column, behavior: parseBehavior(stream) };
}

function parseRename(stream: TokenStream): AlterTableAction {
  if (stream.accept("to")) {
    return { kind: "rename", newName: stream.identifier() };
  }
  stream.accept("column");
  const column = stream.identifier();
  stream.expect("to");
  return { kind: "rename-column", column, newName: stream.identifier() };
}

function parseAlter(stream: TokenStream): AlterTableAction {
  if (stream.accept("distkey")) {
    return { kind: "distribution", style: "key", column: stream.identifier() };
  }
  if (stream.accept("diststyle")) {
    return parseDistribution(stream);
  }
  if (stream.accept("encode", "auto")) {
    return { kind: "encode-auto" };
  }
  if (stream.accept("sortkey", "none")) {
    return { kind: "sort-key", sortKey: { kind: "none" } };
  }
  if (stream.at("sortkey") || stream.at("compound", "sortkey") || stream.at("interleaved", "sortkey")) {
    return { kind: "sort-key", sortKey: parseSortKey(stream) };
  }
  stream.accept("column");
  const column = stream.identifier();
  if (stream.accept("encode")) {
    return { kind: "alter-column-encode", column, encode: parseEncoding(stream) };
  }
  stream.expect("type");
  const typeStart = stream.current.start;
  const type = parseTypeName(stream);
  return { kind: "alter-column-type", column, type, typeSpan: stream.spanFrom(typeStart) };
}

/** Behind ALTER DISTSTYLE. */
function parseDistribution(stream: TokenStream): AlterTableAction {
  const style = parseDistStyle(stream);
  if (style !== "key") {
    return { kind: "distribution", style, column: undefined };
  }
  stream.expect("distkey");
  return { kind: "distribution", style, column: stream.identifier() };
}
