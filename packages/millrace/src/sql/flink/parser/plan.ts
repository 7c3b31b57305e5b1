import type {
  CompilePlan,
  EndStatementSet,
  Execute,
  ExecutePlan,
  Explain,
  ExplainDetail,
  Insert,
  Statement,
  StatementSet,
} from "../ast/statement.ts";
import { parseCreate } from "./create.ts";
import type { Grammar } from "./grammar.ts";
import { parseInsert, parseStatementSet } from "./insert.ts";
import { acceptIfNotExists } from "./shared-clauses.ts";

const DETAILS: readonly ExplainDetail[] = [
  "estimated_cost",
  "changelog_mode",
  "json_execution_plan",
  "plan_advice",
];

// EXPLAIN [PLAN FOR | detail, ...] statement
export function parseExplain(grammar: Grammar): Explain {
  const { stream } = grammar;
  const { start } = stream.current;
  stream.expect("explain");
  const details: ExplainDetail[] = [];
  if (!stream.accept("plan", "for")) {
    for (let word = stream.acceptAny(...DETAILS); word !== undefined; word = stream.acceptAny(...DETAILS)) {
      if (details.includes(word)) {
        throw stream.error("42601", `EXPLAIN names ${word.toUpperCase()} twice`, start);
      }
      details.push(word);
      if (!stream.accept(",")) {
        break;
      }
    }
  }
  return { kind: "explain", details, statement: parseExplained(grammar), span: stream.spanFrom(start) };
}

function parseExplained(grammar: Grammar): Explain["statement"] {
  const { stream } = grammar;
  stream.accept("execute");
  switch (stream.current.lexeme) {
    case "statement":
      return parseStatementSet(grammar);
    case "insert":
      return parseInsert(grammar);
    case "create":
    case "replace": {
      const { start } = stream.current;
      const created = parseCreate(grammar);
      if (created.kind !== "create-table" || created.as === undefined) {
        throw stream.error("42601", "EXPLAIN takes CREATE TABLE with a query behind AS only", start);
      }
      return created;
    }
    default:
      return grammar.query();
  }
}

// EXECUTE PLAN 'path' | EXECUTE STATEMENT SET ... | EXECUTE insert | EXECUTE query
export function parseExecute(grammar: Grammar): ExecutePlan | StatementSet | Execute {
  const { stream } = grammar;
  const { start } = stream.current;
  stream.expect("execute");
  if (stream.accept("plan")) {
    const path = stream.string("a path in quotes");
    return { kind: "execute-plan", path, span: stream.spanFrom(start) };
  }
  if (stream.at("statement")) {
    return { ...parseStatementSet(grammar), span: stream.spanFrom(start) };
  }
  const statement = stream.at("insert") ? parseInsert(grammar) : grammar.query();
  return { kind: "execute", statement, span: stream.spanFrom(start) };
}

// COMPILE [AND EXECUTE] PLAN 'path' [IF NOT EXISTS] FOR insert | statement set
export function parseCompilePlan(grammar: Grammar): CompilePlan {
  const { stream } = grammar;
  const { start } = stream.current;
  stream.expect("compile");
  const execute = stream.accept("and");
  if (execute) {
    stream.expect("execute");
  }
  stream.expect("plan");
  const path = stream.string("a path in quotes");
  const ifNotExists = acceptIfNotExists(stream);
  stream.expect("for");
  const statement: Insert | StatementSet = stream.at("statement")
    ? parseStatementSet(grammar)
    : parseInsert(grammar);
  return { kind: "compile-plan", path, ifNotExists, execute, statement, span: stream.spanFrom(start) };
}

// BEGIN STATEMENT SET
export function parseBegin({ stream }: Grammar): Statement {
  const { start } = stream.current;
  stream.expect("begin", "statement", "set");
  return { kind: "begin-statement-set", span: stream.spanFrom(start) };
}

// END
export function parseEnd({ stream }: Grammar): EndStatementSet {
  const { start } = stream.current;
  stream.expect("end");
  return { kind: "end-statement-set", span: stream.spanFrom(start) };
}
