import type { Statement } from "../../../sql/redshift/ast/statement.ts";
import type { ParsedStatement } from "../sql-session.ts";
import { kindOf } from "../statements/statement-table.ts";
import type { StatementCategory, StatementFact } from "../system/system-view.ts";
import { maskedText } from "./masked-text.ts";
import { isData } from "./prepared.ts";
import type { SessionParts } from "./session-parts.ts";

/** Texts in the log are cut here; AWS keeps 64 KB. */
const maxLoggedCharacters = 65_535;

/** A statement's entry in the log as it begins. */
export function statementFact(
  parts: SessionParts,
  statement: ParsedStatement,
): Omit<StatementFact, "queryId"> {
  const { host, users, processId, settings, block } = parts;
  return {
    transactionId: block.transaction?.id ?? 0,
    processId,
    userId: users.current.id,
    userName: users.current.name,
    database: users.database.name,
    text: maskedText(statement).slice(0, maxLoggedCharacters),
    label: settings.get("query_group") || "default",
    category: categoryOf(statement.ast),
    queryType: queryTypeOf(statement.ast),
    startedAtMs: host.clock.now(),
    endedAtMs: undefined,
    planningMs: 0,
    rows: 0,
    resultBytes: 0,
    error: undefined,
    aborted: false,
    relationOids: [],
  };
}

function categoryOf(ast: Statement): StatementCategory {
  if (ast.kind === "query" && isData(ast)) return "query";
  return isData(ast) ? "dml" : kindOf(ast).category;
}

/** As SYS_QUERY_HISTORY names it. */
function queryTypeOf(ast: Statement): string {
  switch (ast.kind) {
    case "query":
      return isData(ast) ? "SELECT" : "CTAS";
    case "insert":
    case "update":
    case "delete":
    case "merge":
    case "copy":
    case "unload":
      return ast.kind.toUpperCase();
    case "create-table-as":
      return "CTAS";
    default:
      return kindOf(ast).category === "ddl" ? "DDL" : "UTILITY";
  }
}
