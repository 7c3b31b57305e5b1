import { SqlError } from "../../sql-error.ts";
import { type ParsedStatement, parseScript } from "../parser/flink-parser.ts";
import type { InsertStatement } from "../relation.ts";
import type { BindOptions, BoundProgram, StatementOutcome } from "./bound-program.ts";
import { ProgramSession } from "./program-session.ts";
import { runStatement, type StatementResult } from "./statement.ts";

/**
 * Binds a program of Flink SQL: what it defines is only known to it, but for external catalogs.
 * @throws SqlError with the position of what is wrong in the program's text
 */
export async function bindProgram(text: string, options: BindOptions): Promise<BoundProgram> {
  const session = new ProgramSession(options);
  const outcomes: StatementOutcome[] = [];
  const tablePlaces = new Map<string, number>();
  for (const statement of parseScript(text)) {
    const { ast, text: statementText, start } = statement;
    const result = placed(await runAt(statement, session), start);
    outcomes.push({ ...result, text: statementText, start });
    if (ast.kind === "create-table") {
      tablePlaces.set(session.path(ast.name).join("."), start + ast.name.span.start);
    }
  }
  if (session.isInStatementSet) {
    throw new SqlError("42601", "BEGIN STATEMENT SET has no END", { position: text.length });
  }
  return {
    inserts: outcomes.flatMap(insertsOf),
    settings: session.settings.settings(),
    outcomes,
    functions: [...session.functions.values()].map((entry) => entry.definition),
    catalogChanges: session.catalogs.changes,
    tablePlaces,
    warnings: session.warnings,
  };
}

function insertsOf(outcome: StatementOutcome): readonly InsertStatement[] {
  return outcome.kind === "inserts" ? outcome.inserts : [];
}

/** Positions of INSERTs count in the statement; outside they count in the program. */
function placed(result: StatementResult, start: number): StatementResult {
  if (result.kind !== "inserts" && result.kind !== "explain") return result;
  const inserts = result.inserts.map((insert) => ({ ...insert, position: start + (insert.position ?? 0) }));
  return { ...result, inserts };
}

/** Positions of errors count in the statement; outside they count in the program. */
async function runAt(statement: ParsedStatement, session: ProgramSession): Promise<StatementResult> {
  try {
    return await runStatement(statement, session);
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    const { sqlState, message, detail, hint, position = 0 } = error;
    throw new SqlError(sqlState, message, {
      detail,
      hint,
      position: statement.start + position,
      cause: error,
    });
  }
}
