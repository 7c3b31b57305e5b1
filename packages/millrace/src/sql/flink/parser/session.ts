import type { Identifier } from "../ast/name.ts";
import type {
  AnalyzeTable,
  Describe,
  JarStatement,
  LoadModule,
  ResetOption,
  SetOption,
  StopJob,
  UnloadModule,
  Use,
} from "../ast/session.ts";
import type { Grammar } from "./grammar.ts";
import { acceptOptions, acceptPartition, parseOption } from "./shared-clauses.ts";
import type { TokenStream } from "./token-stream.ts";

// USE name | USE CATALOG name | USE MODULES name, ...
export function parseUse({ stream }: Grammar): Use {
  const { start } = stream.current;
  stream.expect("use");
  if (stream.accept("modules")) {
    const names = stream.list(() => stream.identifier("a module's name"));
    return { kind: "use", what: "modules", names, span: stream.spanFrom(start) };
  }
  if (stream.at("catalog") && stream.atIdentifier(1)) {
    stream.next();
    const name = stream.identifier("a catalog's name");
    return { kind: "use", what: "catalog", name, span: stream.spanFrom(start) };
  }
  const name = stream.qualifiedName("a database's name");
  return { kind: "use", what: "database", name, span: stream.spanFrom(start) };
}

// SET ['key' = 'value'], SET key.of.words = value up to the end of the statement
export function parseSet({ stream }: Grammar): SetOption {
  const { start } = stream.current;
  stream.expect("set");
  if (stream.atEnd()) {
    return { kind: "set", option: undefined, span: stream.spanFrom(start) };
  }
  const option = stream.current.kind === "string" ? parseOption(stream) : parseBareOption(stream);
  return { kind: "set", option, span: stream.spanFrom(start) };
}

function parseBareOption(stream: TokenStream): NonNullable<SetOption["option"]> {
  const { start } = stream.current;
  const key = parseBareKey(stream);
  stream.expect("=");
  const valueStart = stream.current;
  let tokens = 0;
  while (!stream.atEnd()) {
    stream.next();
    tokens++;
  }
  if (tokens === 0) {
    throw stream.syntaxError("a value");
  }
  const isText = tokens === 1 && valueStart.kind === "string";
  const value = isText ? valueStart.value : stream.slice(valueStart.start, stream.previousEnd);
  return { key, value, span: stream.spanFrom(start) };
}

/** Words with dots and hyphens between them. */
function parseBareKey(stream: TokenStream): string {
  const { start } = stream.current;
  const first = stream.current;
  if (first.kind !== "word") {
    throw stream.syntaxError("an option's key in quotes");
  }
  stream.next();
  while (stream.at(".") || stream.at("-")) {
    stream.next();
    if (stream.current.kind !== "word" && stream.current.kind !== "number") {
      throw stream.syntaxError("an option's key in quotes");
    }
    stream.next();
  }
  return stream.slice(start, stream.previousEnd);
}

// RESET ['key']
export function parseReset({ stream }: Grammar): ResetOption {
  const { start } = stream.current;
  stream.expect("reset");
  let key: string | undefined;
  if (!stream.atEnd()) {
    key = stream.current.kind === "string" ? stream.string() : parseBareKey(stream);
  }
  return { kind: "reset", key, span: stream.spanFrom(start) };
}

// ADD JAR 'path', REMOVE JAR 'path'
export function parseJar({ stream }: Grammar): JarStatement {
  const { start } = stream.current;
  const action = stream.expectAny("add", "remove");
  stream.expect("jar");
  const path = stream.string("a path in quotes");
  return { kind: "jar", action, path, span: stream.spanFrom(start) };
}

// LOAD MODULE name [WITH (...)]
export function parseLoadModule({ stream }: Grammar): LoadModule {
  const { start } = stream.current;
  stream.expect("load", "module");
  const name = stream.identifier("a module's name");
  const options = acceptOptions(stream);
  return { kind: "load-module", name, options, span: stream.spanFrom(start) };
}

// UNLOAD MODULE name
export function parseUnloadModule({ stream }: Grammar): UnloadModule {
  const { start } = stream.current;
  stream.expect("unload", "module");
  const name = stream.identifier("a module's name");
  return { kind: "unload-module", name, span: stream.spanFrom(start) };
}

// DESCRIBE|DESC [CATALOG|DATABASE|FUNCTION|MODEL|CONNECTION] [EXTENDED] name, DESCRIBE JOB 'id'
export function parseDescribe({ stream }: Grammar): Describe {
  const { start } = stream.current;
  stream.expectAny("describe", "desc");
  if (stream.at("job") && stream.peek(1).kind === "string") {
    stream.next();
    const token = stream.current;
    const id: Identifier = {
      name: stream.string(),
      quoted: true,
      span: { start: token.start, end: token.end },
    };
    const name = { parts: [id], span: id.span };
    return { kind: "describe", what: "job", extended: false, name, span: stream.spanFrom(start) };
  }
  const what = acceptDescribed(stream);
  const extended = stream.accept("extended");
  const name = stream.qualifiedName();
  return { kind: "describe", what, extended, name, span: stream.spanFrom(start) };
}

/** A table may be called as the objects are. */
function acceptDescribed(stream: TokenStream): Describe["what"] {
  const named = stream.atIdentifier(1) || stream.peek(1).lexeme === "extended";
  return (
    (named ? stream.acceptAny("catalog", "database", "function", "model", "connection") : undefined) ??
    "table"
  );
}

// STOP JOB 'id' [WITH SAVEPOINT] [WITH DRAIN]
export function parseStopJob({ stream }: Grammar): StopJob {
  const { start } = stream.current;
  stream.expect("stop", "job");
  const id = stream.string("a job's id in quotes");
  const withSavepoint = stream.accept("with", "savepoint");
  const withDrain = stream.accept("with", "drain");
  return { kind: "stop-job", id, withSavepoint, withDrain, span: stream.spanFrom(start) };
}

// ANALYZE TABLE name [PARTITION (...)] COMPUTE STATISTICS [FOR COLUMNS name, ... | FOR ALL COLUMNS]
export function parseAnalyze(grammar: Grammar): AnalyzeTable {
  const { stream } = grammar;
  const { start } = stream.current;
  stream.expect("analyze", "table");
  const name = stream.qualifiedName("a table's name");
  const partition = acceptPartition(grammar);
  stream.expect("compute", "statistics");
  let columns: AnalyzeTable["columns"] = [];
  if (stream.accept("for")) {
    if (stream.accept("all", "columns")) {
      columns = "all";
    } else {
      stream.expect("columns");
      columns = stream.list(() => stream.identifier("a column's name"));
    }
  }
  return { kind: "analyze-table", name, partition, columns, span: stream.spanFrom(start) };
}
