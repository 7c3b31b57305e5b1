import type { Identifier } from "../ast/name.ts";
import type {
  Collation,
  ColumnDefinition,
  DefaultClause,
  IdentityClause,
  References,
  TableConstraint,
} from "../ast/table.ts";
import { parseExpression } from "./expression.ts";
import { parseCollation, parseSignedInteger } from "./shared-clauses.ts";
import type { TokenStream } from "./token-stream.ts";
import { parseTypeName } from "./type-name.ts";

/** Encodings of a column, in the order of AWS's list. */
const ENCODINGS = [
  "raw",
  "az64",
  "bytedict",
  "delta",
  "delta32k",
  "lzo",
  "mostly8",
  "mostly16",
  "mostly32",
  "runlength",
  "text255",
  "text32k",
  "zstd",
  "auto",
] as const;

/** Behind ENCODE. */
export function parseEncoding(stream: TokenStream): string {
  const encoding = stream.acceptAny(...ENCODINGS);
  if (encoding === undefined) {
    throw stream.syntaxError();
  }
  return encoding;
}

interface ColumnDraft {
  default: DefaultClause | undefined;
  identity: IdentityClause | undefined;
  encode: string | undefined;
  distKey: boolean;
  sortKey: boolean;
  collate: Collation | undefined;
  nullable: boolean | undefined;
  unique: boolean;
  primaryKey: boolean;
  references: References | undefined;
}

/** A column, and those of its constraints that have names of their own. */
export interface ParsedColumn {
  readonly column: ColumnDefinition;
  readonly constraints: readonly TableConstraint[];
}

/** `name type [attribute ...]`, attributes and constraints in any order. */
export function parseColumn(stream: TokenStream): ParsedColumn {
  const name = stream.identifier();
  const typeStart = stream.current.start;
  const type = parseTypeName(stream);
  const typeSpan = stream.spanFrom(typeStart);
  const draft: ColumnDraft = {
    default: undefined,
    identity: undefined,
    encode: undefined,
    distKey: false,
    sortKey: false,
    collate: undefined,
    nullable: undefined,
    unique: false,
    primaryKey: false,
    references: undefined,
  };
  const constraints: TableConstraint[] = [];
  while (parseAttribute(stream, draft) || parseNamedConstraint(stream, name, draft, constraints)) {
    // The next one.
  }
  return { column: { name, type, typeSpan, ...draft, span: stream.spanFrom(name.span.start) }, constraints };
}

function parseAttribute(stream: TokenStream, draft: ColumnDraft): boolean {
  const { start } = stream.current;
  if (stream.accept("default")) {
    once(stream, draft.default === undefined && draft.identity === undefined, start);
    parseDefault(stream, draft);
  } else if (stream.at("identity") || stream.at("generated")) {
    once(stream, draft.default === undefined && draft.identity === undefined, start);
    draft.identity = parseIdentity(stream);
  } else if (stream.accept("encode")) {
    once(stream, draft.encode === undefined, start);
    draft.encode = parseEncoding(stream);
  } else if (stream.accept("distkey")) {
    once(stream, !draft.distKey, start);
    draft.distKey = true;
  } else if (stream.accept("sortkey")) {
    once(stream, !draft.sortKey, start);
    draft.sortKey = true;
  } else if (stream.accept("collate")) {
    once(stream, draft.collate === undefined, start);
    draft.collate = parseCollation(stream);
  } else {
    return parseConstraint(stream, draft);
  }
  return true;
}

function parseConstraint(stream: TokenStream, draft: ColumnDraft): boolean {
  const { start } = stream.current;
  if (stream.accept("not", "null")) {
    once(stream, draft.nullable !== true, start);
    draft.nullable = false;
  } else if (stream.accept("null")) {
    once(stream, draft.nullable !== false, start);
    draft.nullable = true;
  } else if (stream.accept("unique")) {
    draft.unique = true;
  } else if (stream.accept("primary", "key")) {
    draft.primaryKey = true;
  } else if (stream.accept("references")) {
    once(stream, draft.references === undefined, start);
    draft.references = parseReferences(stream);
  } else {
    return false;
  }
  return true;
}

function once(stream: TokenStream, first: boolean, start: number): void {
  if (!first) {
    throw stream.error("42601", "conflicting or redundant options", start);
  }
}

/** CONSTRAINT n ... behind a column is what stands alone behind all columns: a constraint of the table. */
function parseNamedConstraint(
  stream: TokenStream,
  column: Identifier,
  draft: ColumnDraft,
  constraints: TableConstraint[],
): boolean {
  const { start } = stream.current;
  if (!stream.accept("constraint")) {
    return false;
  }
  const name = stream.identifier();
  if (stream.at("not", "null") || stream.at("null")) {
    return parseConstraint(stream, draft);
  }
  const type = parseConstraintType(stream);
  const references = type === "foreign key" ? parseReferences(stream) : undefined;
  constraints.push({ name, type, columns: [column], references, span: stream.spanFrom(start) });
  return true;
}

function parseConstraintType(stream: TokenStream): TableConstraint["type"] {
  if (stream.accept("unique")) {
    return "unique";
  }
  if (stream.accept("references")) {
    return "foreign key";
  }
  stream.expect("primary", "key");
  return "primary key";
}

function parseDefault(stream: TokenStream, draft: ColumnDraft): void {
  const { start } = stream.current;
  const expression = parseExpression(stream);
  if (expression.kind === "collate") {
    // The column's own COLLATE reads like one of the expression.
    const { operand } = expression;
    draft.default = { expression: operand, text: stream.slice(start, operand.span.end) };
    draft.collate = expression.collation === "case_sensitive" ? "case_sensitive" : "case_insensitive";
    return;
  }
  draft.default = { expression, text: stream.slice(start, stream.previousEnd) };
}

function parseIdentity(stream: TokenStream): IdentityClause {
  const byDefault = stream.accept("generated", "by", "default", "as");
  stream.expect("identity", "(");
  const seed = parseSignedInteger(stream);
  stream.expect(",");
  const step = parseSignedInteger(stream);
  stream.expect(")");
  return { seed, step, byDefault };
}

/** Behind REFERENCES. */
function parseReferences(stream: TokenStream): References {
  const table = stream.qualifiedName();
  return { table, columns: stream.at("(") ? stream.columnList() : [] };
}

/** Whether a constraint of the table, not a column, follows. */
export function atTableConstraint(stream: TokenStream): boolean {
  return stream.at("constraint") || stream.at("unique") || stream.at("primary") || stream.at("foreign");
}

export function parseTableConstraint(stream: TokenStream): TableConstraint {
  const { start } = stream.current;
  const name = stream.accept("constraint") ? stream.identifier() : undefined;
  if (stream.accept("foreign", "key")) {
    const columns = stream.columnList();
    stream.expect("references");
    const references = parseReferences(stream);
    return { name, type: "foreign key", columns, references, span: stream.spanFrom(start) };
  }
  const type = stream.accept("unique") ? "unique" : "primary key";
  if (type === "primary key") {
    stream.expect("primary", "key");
  }
  const columns = stream.columnList();
  return { name, type, columns, references: undefined, span: stream.spanFrom(start) };
}
