import type { Delete, Insert, Merge, Update } from "../ast/dml.ts";
import type { Query, With } from "../ast/tree.ts";
import { acceptAlias } from "./alias.ts";
import { parseFrom } from "./from.ts";
import { atQuery, type Grammar } from "./grammar.ts";
import { parseMerge } from "./merge.ts";
import { parseWith } from "./query-body.ts";
import { RedshiftGrammar } from "./redshift-grammar.ts";
import type { TokenStream } from "./token-stream.ts";
import { parseAssignments, parseRowOfValues } from "./values.ts";

/** A query or a statement that changes data; undefined when something else follows. @throws SqlError */
export function parseDml(stream: TokenStream): Query | Insert | Update | Delete | Merge | undefined {
  const grammar = new RedshiftGrammar(stream);
  switch (stream.current.lexeme) {
    case "select":
    case "(":
      return grammar.query();
    case "with":
      return parseAfterWith(grammar);
    case "insert":
      return parseInsert(grammar);
    case "update":
      return parseUpdate(grammar, undefined, stream.current.start);
    case "delete":
      return parseDelete(grammar, undefined, stream.current.start);
    case "merge":
      return parseMerge(grammar);
    default:
      return undefined;
  }
}

/** UPDATE and DELETE may have a WITH before them, INSERT may not: it takes it with its query. */
function parseAfterWith(grammar: RedshiftGrammar): Query | Update | Delete {
  const { stream } = grammar;
  const { start } = stream.current;
  const common = parseWith(grammar);
  switch (stream.current.lexeme) {
    case "update":
      return parseUpdate(grammar, common, start);
    case "delete":
      return parseDelete(grammar, common, start);
    default:
      return grammar.queryWith(common, start);
  }
}

// INSERT INTO table [(columns)] { DEFAULT VALUES | VALUES (...), ... | query }
function parseInsert(grammar: Grammar): Insert {
  const { stream } = grammar;
  const { start } = stream.current;
  stream.expect("insert", "into");
  const table = stream.qualifiedName();
  const columns = stream.at("(") && !atBracketedQuery(stream) ? stream.columnList() : [];
  const source = stream.accept("default", "values") ? undefined : parseSource(grammar);
  return { kind: "insert", with: undefined, table, columns, source, span: stream.spanFrom(start) };
}

/** Whether brackets hold a query rather than the names of columns. */
function atBracketedQuery(stream: TokenStream): boolean {
  const { lexeme } = stream.peek(1);
  return lexeme === "select" || lexeme === "with" || lexeme === "(";
}

function parseSource(grammar: Grammar): Query {
  const { stream } = grammar;
  const { start } = stream.current;
  if (!stream.accept("values")) {
    if (!stream.at("(") && !atQuery(stream)) {
      throw stream.syntaxError();
    }
    return grammar.query();
  }
  const rows = stream.list(() => parseRowOfValues(grammar));
  const span = stream.spanFrom(start);
  return {
    kind: "query",
    with: undefined,
    body: { kind: "values", rows, span },
    orderBy: [],
    siblings: false,
    limit: undefined,
    offset: undefined,
    forUpdate: false,
    span,
  };
}

// UPDATE table [[AS] alias] SET column = value, ... [FROM ...] [WHERE ...]
function parseUpdate(grammar: Grammar, common: With | undefined, start: number): Update {
  const { stream } = grammar;
  stream.expect("update");
  const table = stream.qualifiedName();
  const alias = acceptAlias(stream);
  stream.expect("set");
  const assignments = parseAssignments(grammar);
  const from = stream.accept("from") ? parseFrom(grammar) : [];
  const where = stream.accept("where") ? grammar.expression() : undefined;
  const span = stream.spanFrom(start);
  return { kind: "update", with: common, table, alias, assignments, from, where, span };
}

// DELETE [FROM] table [{ USING | FROM } ...] [WHERE ...]; Redshift takes no alias here.
function parseDelete(grammar: Grammar, common: With | undefined, start: number): Delete {
  const { stream } = grammar;
  stream.expect("delete");
  stream.accept("from");
  const table = stream.qualifiedName();
  const using = stream.acceptAny("using", "from") === undefined ? [] : parseFrom(grammar);
  const where = stream.accept("where") ? grammar.expression() : undefined;
  return {
    kind: "delete",
    with: common,
    table,
    alias: undefined,
    using,
    where,
    span: stream.spanFrom(start),
  };
}
