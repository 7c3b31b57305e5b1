import type { Identifier } from "../flink/ast/name.ts";
import { parseDataType } from "../flink/parser/data-type.ts";
import { RETIRED } from "../flink/parser/dialect.ts";
import { FlinkGrammar } from "../flink/parser/flink-grammar.ts";
import type { Grammar } from "../flink/parser/grammar.ts";
import { TokenStream } from "../flink/parser/token-stream.ts";
import type {
  AnalyticsStatement,
  CreatePump,
  CreateStream,
  CreateStreamView,
  StreamColumn,
} from "./analytics-statement.ts";
import { unsupported } from "./unsupported.ts";

/** One statement, and where it begins in the code: spans below it count from there. */
export interface ParsedAnalytics {
  readonly start: number;
  readonly statement: AnalyticsStatement;
}

/** Statements of the retired dialect with semicolons between them. @throws SqlError */
export function parseAnalyticsScript(code: string): readonly ParsedAnalytics[] {
  const grammar = new FlinkGrammar(new TokenStream(code, RETIRED));
  const { stream } = grammar;
  const statements: ParsedAnalytics[] = [];
  for (;;) {
    if (!stream.atEnd()) {
      const statement = parseStatement(grammar);
      if (!stream.atEnd()) {
        throw stream.syntaxError("the end of the statement or a semicolon");
      }
      statements.push({ start: stream.origin, statement });
    }
    if (stream.current.kind === "end") {
      return statements;
    }
    stream.startNextStatement();
  }
}

// CREATE [OR REPLACE] STREAM | PUMP | VIEW
function parseStatement(grammar: Grammar): AnalyticsStatement {
  const { stream } = grammar;
  const { start, lexeme } = stream.current;
  if (["insert", "select", "alter", "drop", "set"].includes(lexeme)) {
    throw unsupported(`${lexeme.toUpperCase()} outside of a pump`, stream.origin + start);
  }
  if (!stream.accept("create")) {
    throw stream.syntaxError("CREATE STREAM or CREATE PUMP");
  }
  if (stream.accept("or")) {
    stream.expect("replace");
  }
  const object = stream.current.lexeme;
  switch (object) {
    case "stream":
      return parseStream(grammar, start);
    case "pump":
      return parsePump(grammar, start);
    case "view":
      return parseView(grammar, start);
    case "function":
    case "schema":
    case "foreign":
    case "table":
      throw unsupported(`CREATE ${object.toUpperCase()}`, stream.origin + start);
    default:
      throw stream.syntaxError("STREAM, PUMP or VIEW");
  }
}

/** The last part of a name: the schema before it says nothing here. */
function parseName({ stream }: Grammar, what: string): Identifier {
  const { parts } = stream.qualifiedName(what);
  const last = parts.at(-1);
  if (last === undefined) {
    throw stream.syntaxError(what);
  }
  return last;
}

// STREAM name ( column type [NOT NULL], ... ) [DESCRIPTION 'text'] [AS query]
function parseStream(grammar: Grammar, start: number): CreateStream {
  const { stream } = grammar;
  stream.expect("stream");
  const name = parseName(grammar, "a stream's name");
  const columns = stream.at("(") ? parseColumns(grammar) : [];
  skipDescription(grammar);
  const query = stream.accept("as") ? grammar.query() : undefined;
  if (query === undefined && columns.length === 0) {
    throw stream.syntaxError("the columns of the stream in brackets");
  }
  return { kind: "create-stream", name, columns, query, span: stream.spanFrom(start) };
}

function parseColumns(grammar: Grammar): readonly StreamColumn[] {
  const { stream } = grammar;
  stream.expect("(");
  const columns = stream.list(() => {
    const name = stream.identifier("a column's name");
    const type = parseDataType(stream);
    skipDescription(grammar);
    return { name, type };
  });
  stream.expect(")");
  return columns;
}

function skipDescription({ stream }: Grammar): void {
  if (stream.accept("description")) {
    stream.string("a description in quotes");
  }
}

// PUMP name [DESCRIPTION 'text'] AS INSERT INTO stream [( columns )] query
function parsePump(grammar: Grammar, start: number): CreatePump {
  const { stream } = grammar;
  stream.expect("pump");
  const name = parseName(grammar, "a pump's name");
  if (stream.at("stopped")) {
    throw unsupported("a pump that is STOPPED", stream.origin + stream.current.start);
  }
  stream.accept("started");
  skipDescription(grammar);
  stream.expect("as", "insert", "into");
  const target = parseName(grammar, "a stream's name");
  const columns = stream.at("(") && stream.atIdentifier(1) ? stream.nameList() : [];
  const query = grammar.query();
  return { kind: "create-pump", name, stream: target, columns, query, span: stream.spanFrom(start) };
}

// VIEW name [( columns )] [DESCRIPTION 'text'] AS query
function parseView(grammar: Grammar, start: number): CreateStreamView {
  const { stream } = grammar;
  stream.expect("view");
  const name = parseName(grammar, "a view's name");
  const columns = stream.at("(") ? stream.nameList() : [];
  skipDescription(grammar);
  stream.expect("as");
  const query = grammar.query();
  return { kind: "create-stream-view", name, columns, query, span: stream.spanFrom(start) };
}
