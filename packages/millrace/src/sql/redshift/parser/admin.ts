import type { Analyze, AnalyzeCompression, Cancel, Comment, Lock, Truncate, Vacuum } from "../ast/admin.ts";
import type { CallProcedure } from "../ast/routine.ts";
import { parseExpression } from "./expression.ts";
import { parseSignature } from "./routine-signature.ts";
import { expectAny } from "./shared-clauses.ts";
import type { TokenStream } from "./token-stream.ts";

/** VACUUM [FULL | SORT ONLY | DELETE ONLY | REINDEX | RECLUSTER] [ t [TO n PERCENT] [BOOST] ] */
export function parseVacuum(stream: TokenStream): Vacuum {
  const { start } = stream.next();
  const mode = parseVacuumMode(stream);
  const table = stream.atEnd() || stream.at("boost") ? undefined : stream.qualifiedName();
  const percent = table !== undefined && stream.accept("to") ? stream.integer() : undefined;
  if (percent !== undefined) {
    stream.expect("percent");
  }
  const boost = stream.accept("boost");
  return { kind: "vacuum", mode, table, percent, boost, span: stream.spanFrom(start) };
}

function parseVacuumMode(stream: TokenStream): Vacuum["mode"] {
  if (stream.accept("sort", "only")) {
    return "sort only";
  }
  if (stream.accept("delete", "only")) {
    return "delete only";
  }
  return stream.acceptAny("full", "reindex", "recluster") ?? "full";
}

/** ANALYZE [VERBOSE] [ t [(columns)] [PREDICATE COLUMNS | ALL COLUMNS] ], ANALYZE COMPRESSION */
export function parseAnalyze(stream: TokenStream): Analyze | AnalyzeCompression {
  const { start } = stream.next();
  if (stream.accept("compression")) {
    return parseAnalyzeCompression(stream, start);
  }
  const verbose = stream.accept("verbose");
  const scopeFollows = stream.at("predicate", "columns") || stream.at("all", "columns");
  const table = stream.atEnd() || scopeFollows ? undefined : stream.qualifiedName();
  const columns = table !== undefined && stream.at("(") ? stream.columnList() : [];
  const word = columns.length === 0 ? stream.acceptAny("predicate", "all") : undefined;
  if (word !== undefined) {
    stream.expect("columns");
  }
  const scope = word === undefined ? undefined : (`${word} columns` as const);
  return { kind: "analyze", verbose, table, columns, scope, span: stream.spanFrom(start) };
}

function parseAnalyzeCompression(stream: TokenStream, start: number): AnalyzeCompression {
  const table = stream.atEnd() || stream.at("comprows") ? undefined : stream.qualifiedName();
  const columns = table !== undefined && stream.at("(") ? stream.columnList() : [];
  const compRows = stream.accept("comprows") ? stream.integer() : undefined;
  return { kind: "analyze-compression", table, columns, compRows, span: stream.spanFrom(start) };
}

/** TRUNCATE [TABLE] t */
export function parseTruncate(stream: TokenStream): Truncate {
  const { start } = stream.next();
  stream.accept("table");
  const table = stream.qualifiedName();
  return { kind: "truncate", table, span: stream.spanFrom(start) };
}

/** LOCK [TABLE] t, ... */
export function parseLock(stream: TokenStream): Lock {
  const { start } = stream.next();
  stream.accept("table");
  const tables = stream.list(() => stream.qualifiedName());
  return { kind: "lock", tables, span: stream.spanFrom(start) };
}

/** CANCEL process_id ['message'] */
export function parseCancel(stream: TokenStream): Cancel {
  const { start } = stream.next();
  const processId = stream.integer();
  const message = stream.current.kind === "string" ? stream.string() : undefined;
  return { kind: "cancel", processId, message, span: stream.spanFrom(start) };
}

/** CALL p(...) */
export function parseCall(stream: TokenStream): CallProcedure {
  const { start } = stream.next();
  const name = stream.qualifiedName();
  stream.expect("(");
  const args = stream.at(")") ? [] : stream.list(() => parseExpression(stream));
  stream.expect(")");
  return { kind: "call-procedure", name, arguments: args, span: stream.spanFrom(start) };
}

/** COMMENT ON ... IS 'text' | NULL */
export function parseComment(stream: TokenStream): Comment {
  const { start } = stream.next();
  stream.expect("on");
  const subject = parseCommentSubject(stream);
  stream.expect("is");
  const text = stream.accept("null") ? undefined : stream.string();
  return { kind: "comment", ...subject, text, span: stream.spanFrom(start) };
}

type CommentSubject = Pick<Comment, "objectType" | "name" | "column" | "onTable" | "signature">;

function parseCommentSubject(stream: TokenStream): CommentSubject {
  const objectType = expectAny(
    stream,
    "table",
    "view",
    "column",
    "constraint",
    "database",
    "schema",
    "function",
    "procedure",
  );
  const nothing = { column: undefined, onTable: undefined, signature: undefined };
  switch (objectType) {
    case "column":
      return { ...nothing, objectType, ...parseColumnName(stream) };
    case "constraint": {
      const constraint = stream.identifier();
      stream.expect("on");
      const onTable = stream.qualifiedName();
      return { ...nothing, objectType, name: { parts: [constraint], span: constraint.span }, onTable };
    }
    case "function":
    case "procedure": {
      const signature = parseSignature(stream, "required");
      return { ...nothing, objectType, name: signature.name, signature };
    }
    case "database":
    case "schema": {
      const name = stream.identifier();
      return { ...nothing, objectType, name: { parts: [name], span: name.span } };
    }
    default:
      return { ...nothing, objectType, name: stream.qualifiedName() };
  }
}

/** `schema.table.column`: its last part is the column. */
function parseColumnName(stream: TokenStream): Pick<Comment, "name" | "column"> {
  const { parts, span } = stream.qualifiedName();
  const column = parts.at(-1);
  const table = parts.slice(0, -1);
  const last = table.at(-1);
  if (column === undefined || last === undefined) {
    throw stream.error("42601", "column name must be qualified", span.start);
  }
  return { name: { parts: table, span: { start: span.start, end: last.span.end } }, column };
}
