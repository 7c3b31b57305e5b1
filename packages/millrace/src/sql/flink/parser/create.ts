import type {
  CreateCatalog,
  CreateConnection,
  CreateDatabase,
  CreateFunction,
  CreateModel,
  CreateView,
  FunctionLanguage,
} from "../ast/catalog-object.ts";
import type { DefinitionStatement } from "../ast/statement.ts";
import { parseCreateMaterializedTable, parseCreateTable } from "./create-table.ts";
import type { Grammar } from "./grammar.ts";
import { acceptComment, acceptIfExists, acceptIfNotExists, acceptOptions } from "./shared-clauses.ts";
import { SchemaReader } from "./table-schema.ts";

interface Begin {
  readonly start: number;
  readonly orReplace: boolean;
  readonly temporary: boolean;
  readonly system: boolean;
}

// CREATE [OR REPLACE | OR ALTER] [TEMPORARY [SYSTEM]] object ...
export function parseCreate(grammar: Grammar): DefinitionStatement {
  const { stream } = grammar;
  const { start } = stream.current;
  stream.expect("create");
  const or = stream.accept("or") ? stream.expectAny("replace", "alter") : undefined;
  if (or === "alter") {
    return parseCreateMaterializedTable(grammar, true, start);
  }
  const orReplace = or === "replace";
  const temporary = stream.accept("temporary");
  const system = temporary && stream.accept("system");
  const begin: Begin = { start, orReplace, temporary, system };
  switch (stream.current.lexeme) {
    case "table":
      return parseCreateTable(grammar, { start, temporary, orReplace, replaceOnly: false });
    case "materialized":
      return parseCreateMaterializedTable(grammar, false, start);
    case "view":
      return parseCreateView(grammar, begin);
    case "function":
      return parseCreateFunction(grammar, "create-function", begin);
    case "catalog":
      return parseCreateCatalog(grammar, begin);
    case "database":
      return parseCreateDatabase(grammar, begin);
    case "model":
      return parseCreateModel(grammar, begin);
    case "connection":
      return parseCreateConnection(grammar, begin);
    default:
      throw stream.syntaxError("TABLE, VIEW, FUNCTION, CATALOG, DATABASE, MODEL or MATERIALIZED TABLE");
  }
}

// VIEW [IF NOT EXISTS] name [( column [COMMENT 'text'], ... )] [COMMENT 'text'] AS query
function parseCreateView(grammar: Grammar, { start, temporary, orReplace }: Begin): CreateView {
  const { stream } = grammar;
  stream.expect("view");
  const ifNotExists = acceptIfNotExists(stream);
  const name = stream.qualifiedName("a view's name");
  const columns: CreateView["columns"][number][] = [];
  if (stream.accept("(")) {
    stream.list(() => {
      const column = stream.identifier("a column's name");
      columns.push({ name: column, comment: acceptComment(stream) });
    });
    stream.expect(")");
  }
  const comment = acceptComment(stream);
  stream.expect("as");
  const query = grammar.query();
  return {
    kind: "create-view",
    temporary,
    orReplace,
    ifNotExists,
    name,
    columns,
    comment,
    query,
    text: stream.slice(query.span.start, query.span.end),
    span: stream.spanFrom(start),
  };
}

const LANGUAGES: readonly FunctionLanguage[] = ["java", "scala", "python", "sql", "javascript"];

// FUNCTION [IF [NOT] EXISTS] name AS 'text' [LANGUAGE language] [USING JAR 'path', ...] [WITH (...)]
export function parseCreateFunction(
  grammar: Grammar,
  kind: CreateFunction["kind"],
  { start, temporary, system }: Pick<Begin, "start" | "temporary" | "system">,
): CreateFunction {
  const { stream } = grammar;
  stream.expect("function");
  const isCreate = kind === "create-function";
  const ifNotExists = isCreate && acceptIfNotExists(stream);
  const ifExists = !isCreate && acceptIfExists(stream);
  const name = stream.qualifiedName("a function's name");
  stream.expect("as");
  const asStart = stream.current.start;
  const as = stream.string("the function in quotes");
  const asSpan = stream.spanFrom(asStart);
  const language = stream.accept("language") ? stream.expectAny(...LANGUAGES) : undefined;
  const resources: CreateFunction["resources"][number][] = [];
  if (stream.accept("using")) {
    stream.list(() => {
      const type = stream.expectAny("jar", "file", "archive");
      resources.push({ type, path: stream.string("a path in quotes") });
    });
  }
  const options = acceptOptions(stream);
  return {
    kind,
    temporary,
    system,
    ifExists,
    ifNotExists,
    name,
    as,
    asSpan,
    language,
    resources,
    options,
    span: stream.spanFrom(start),
  };
}

// CATALOG [IF NOT EXISTS] name [COMMENT 'text'] [WITH (...)]
function parseCreateCatalog({ stream }: Grammar, { start }: Begin): CreateCatalog {
  stream.expect("catalog");
  const ifNotExists = acceptIfNotExists(stream);
  const name = stream.identifier("a catalog's name");
  const comment = acceptComment(stream);
  const options = acceptOptions(stream);
  return { kind: "create-catalog", ifNotExists, name, comment, options, span: stream.spanFrom(start) };
}

// DATABASE [IF NOT EXISTS] name [COMMENT 'text'] [WITH (...)]
function parseCreateDatabase({ stream }: Grammar, { start }: Begin): CreateDatabase {
  stream.expect("database");
  const ifNotExists = acceptIfNotExists(stream);
  const name = stream.qualifiedName("a database's name");
  const comment = acceptComment(stream);
  const options = acceptOptions(stream);
  return { kind: "create-database", ifNotExists, name, comment, options, span: stream.spanFrom(start) };
}

// MODEL [IF NOT EXISTS] name [INPUT ( columns )] [OUTPUT ( columns )] [COMMENT 'text'] [WITH (...)] [AS query]
function parseCreateModel(grammar: Grammar, { start, temporary, orReplace }: Begin): CreateModel {
  const { stream } = grammar;
  stream.expect("model");
  const ifNotExists = acceptIfNotExists(stream);
  const name = stream.qualifiedName("a model's name");
  const input = new SchemaReader(grammar);
  if (stream.accept("input")) {
    input.readBrackets();
  }
  const output = new SchemaReader(grammar);
  if (stream.accept("output")) {
    output.readBrackets();
  }
  const comment = acceptComment(stream);
  const options = acceptOptions(stream);
  const as = stream.accept("as") ? grammar.query() : undefined;
  return {
    kind: "create-model",
    temporary,
    orReplace,
    ifNotExists,
    name,
    input: input.schema,
    output: output.schema,
    comment,
    options,
    as,
    span: stream.spanFrom(start),
  };
}

// CONNECTION [IF NOT EXISTS] name [COMMENT 'text'] [WITH (...)]
function parseCreateConnection({ stream }: Grammar, { start, temporary, system }: Begin): CreateConnection {
  stream.expect("connection");
  const ifNotExists = acceptIfNotExists(stream);
  const name = stream.qualifiedName("a connection's name");
  const comment = acceptComment(stream);
  const options = acceptOptions(stream);
  return {
    kind: "create-connection",
    temporary,
    system,
    ifNotExists,
    name,
    comment,
    options,
    span: stream.spanFrom(start),
  };
}
