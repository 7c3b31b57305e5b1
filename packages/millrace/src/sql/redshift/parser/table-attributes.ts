import type { Identifier } from "../ast/name.ts";
import type { DistStyle, SortKeyClause, TableAttributes } from "../ast/table.ts";
import { expectAny, parseYesNo } from "./shared-clauses.ts";
import type { TokenStream } from "./token-stream.ts";

interface AttributesDraft {
  backup: boolean | undefined;
  distStyle: DistStyle | undefined;
  distKey: Identifier | undefined;
  sortKey: SortKeyClause | undefined;
  encodeAuto: boolean;
}

/** BACKUP, DISTSTYLE, DISTKEY, SORTKEY and ENCODE AUTO in any order, each once. */
export function parseTableAttributes(stream: TokenStream): TableAttributes {
  const draft: AttributesDraft = {
    backup: undefined,
    distStyle: undefined,
    distKey: undefined,
    sortKey: undefined,
    encodeAuto: false,
  };
  for (;;) {
    const { start } = stream.current;
    const attribute =
      stream.acceptAny("backup", "diststyle", "distkey", "encode") ?? sortKeyAttribute(stream);
    if (attribute === undefined) {
      return draft;
    }
    if (isSet(draft, attribute)) {
      throw stream.error("42601", "conflicting or redundant options", start);
    }
    parseAttribute(stream, draft, attribute);
  }
}

type Attribute = "backup" | "diststyle" | "distkey" | "encode" | "sortkey";

function sortKeyAttribute(stream: TokenStream): "sortkey" | undefined {
  const style = stream.at("compound") || stream.at("interleaved");
  return stream.at("sortkey") || (style && stream.peek(1).lexeme === "sortkey") ? "sortkey" : undefined;
}

function isSet(draft: AttributesDraft, attribute: Attribute): boolean {
  switch (attribute) {
    case "backup":
      return draft.backup !== undefined;
    case "diststyle":
      return draft.distStyle !== undefined;
    case "distkey":
      return draft.distKey !== undefined;
    case "sortkey":
      return draft.sortKey !== undefined;
    case "encode":
      return draft.encodeAuto;
  }
}

function parseAttribute(stream: TokenStream, draft: AttributesDraft, attribute: Attribute): void {
  switch (attribute) {
    case "backup":
      draft.backup = parseYesNo(stream);
      return;
    case "diststyle":
      draft.distStyle = parseDistStyle(stream);
      return;
    case "distkey":
      draft.distKey = parseDistKey(stream);
      return;
    case "sortkey":
      draft.sortKey = parseSortKey(stream);
      return;
    case "encode":
      stream.expect("auto");
      draft.encodeAuto = true;
  }
}

/** Behind DISTSTYLE. */
export function parseDistStyle(stream: TokenStream): DistStyle {
  return expectAny(stream, "auto", "even", "key", "all");
}

function parseDistKey(stream: TokenStream): Identifier {
  stream.expect("(");
  const column = stream.identifier();
  stream.expect(")");
  return column;
}

/** `[COMPOUND | INTERLEAVED] SORTKEY (a, b)`, `SORTKEY AUTO` */
export function parseSortKey(stream: TokenStream): SortKeyClause {
  const style = stream.acceptAny("compound", "interleaved");
  stream.expect("sortkey");
  if (style === undefined && stream.accept("auto")) {
    return { kind: "auto" };
  }
  return { kind: "columns", style: style ?? "compound", columns: stream.columnList() };
}
