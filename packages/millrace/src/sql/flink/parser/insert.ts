import type { QualifiedName } from "../ast/name.ts";
import type { Call, Delete, Insert, StatementSet, Truncate, Update } from "../ast/statement.ts";
import type { Grammar } from "./grammar.ts";
import { parseHints } from "./hint.ts";
import { acceptPartition } from "./shared-clauses.ts";

// INSERT INTO|OVERWRITE [TABLE] name [hints] [PARTITION (...)] [( columns )] query [ON CONFLICT DO ...]
export function parseInsert(grammar: Grammar): Insert {
  const { stream } = grammar;
  const { start } = stream.current;
  stream.expect("insert");
  const overwrite = stream.expectAny("into", "overwrite") === "overwrite";
  stream.accept("table");
  const table = stream.qualifiedName("a table's name");
  const hints = parseHints(stream);
  const partition = acceptPartition(grammar) ?? [];
  const columns = parseColumns(grammar);
  const query = grammar.query();
  const onConflict = stream.accept("on", "conflict", "do")
    ? stream.expectAny("error", "nothing", "deduplicate")
    : undefined;
  return {
    kind: "insert",
    overwrite,
    table,
    hints,
    partition,
    columns,
    query,
    onConflict,
    span: stream.spanFrom(start),
  };
}

/** A bracket may begin the query as well. */
function parseColumns({ stream }: Grammar): readonly QualifiedName[] {
  if (!stream.at("(") || !stream.atIdentifier(1)) {
    return [];
  }
  stream.expect("(");
  const columns = stream.list(() => stream.qualifiedName("a column's name"));
  stream.expect(")");
  return columns;
}

// STATEMENT SET BEGIN insert; ... END
export function parseStatementSet(grammar: Grammar): StatementSet {
  const { stream } = grammar;
  const { start } = stream.current;
  stream.expect("statement", "set", "begin");
  const inserts: Insert[] = [];
  while (!stream.accept("end")) {
    inserts.push(parseInsert(grammar));
    stream.expect(";");
    while (stream.accept(";")) {
      // Empty statements.
    }
  }
  if (inserts.length === 0) {
    throw stream.error("42601", "a statement set holds at least one INSERT", start);
  }
  return { kind: "statement-set", inserts, span: stream.spanFrom(start) };
}

// UPDATE name [[AS] alias] SET column = expression, ... [WHERE condition]
export function parseUpdate(grammar: Grammar): Update {
  const { stream } = grammar;
  const { start } = stream.current;
  stream.expect("update");
  const table = stream.qualifiedName("a table's name");
  const alias = stream.accept("as") || stream.atIdentifier() ? stream.identifier() : undefined;
  stream.expect("set");
  const assignments = stream.list(() => {
    const column = stream.qualifiedName("a column's name");
    stream.expect("=");
    return { column, value: grammar.expression() };
  });
  const where = stream.accept("where") ? grammar.expression() : undefined;
  return { kind: "update", table, alias, assignments, where, span: stream.spanFrom(start) };
}

// DELETE FROM name [[AS] alias] [WHERE condition]
export function parseDelete(grammar: Grammar): Delete {
  const { stream } = grammar;
  const { start } = stream.current;
  stream.expect("delete", "from");
  const table = stream.qualifiedName("a table's name");
  const alias = stream.accept("as") || stream.atIdentifier() ? stream.identifier() : undefined;
  const where = stream.accept("where") ? grammar.expression() : undefined;
  return { kind: "delete", table, alias, where, span: stream.spanFrom(start) };
}

// TRUNCATE TABLE name
export function parseTruncate({ stream }: Grammar): Truncate {
  const { start } = stream.current;
  stream.expect("truncate", "table");
  const table = stream.qualifiedName("a table's name");
  return { kind: "truncate", table, span: stream.spanFrom(start) };
}

// CALL name ( arguments )
export function parseProcedureCall(grammar: Grammar): Call {
  const { stream } = grammar;
  const { start } = stream.current;
  stream.expect("call");
  const call = grammar.call();
  return {
    kind: "call-procedure",
    name: call.name,
    arguments: call.arguments,
    span: stream.spanFrom(start),
  };
}
