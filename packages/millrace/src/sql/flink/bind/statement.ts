import type { Describe, SetOption } from "../ast/session.ts";
import type {
  DataStatement,
  DefinitionStatement,
  Explain,
  SessionStatement,
  Statement,
} from "../ast/statement.ts";
import type { ParsedStatement } from "../parser/flink-parser.ts";
import { alterTable } from "./alter-table.ts";
import { elsewhere, invalid } from "./bind-error.ts";
import type { StatementOutcome, StatementPlace } from "./bound-program.ts";
import { alterObject, createCatalog, createDatabase, use } from "./define-catalog.ts";
import { createTable } from "./define-table.ts";
import { alterView, createView } from "./define-view.ts";
import { describedColumns, describeHeader } from "./describe.ts";
import { drop } from "./drop.ts";
import { bindInsert } from "./insert.ts";
import { createFunction } from "./program-function.ts";
import type { ProgramSession } from "./program-session.ts";
import { queryBinder } from "./query.ts";
import { describeCatalog, show } from "./show.ts";

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** What a statement gives, without its place. */
export type StatementResult = Without<StatementOutcome, keyof StatementPlace>;

const done: StatementResult = Object.freeze({ kind: "done" });

/** INSERTs of one program. */
const maxInserts = 1_000;

/** Binds one statement and lets the session know what it defines. */
export async function runStatement(
  { ast, text }: ParsedStatement,
  session: ProgramSession,
): Promise<StatementResult> {
  if (session.isInStatementSet && ast.kind !== "insert" && ast.kind !== "end-statement-set") {
    throw invalid("only INSERT may stand between BEGIN STATEMENT SET and END", ast.span.start, "42601");
  }
  if (ast.kind === "create-catalog") {
    await createCatalog(ast, session);
    return done;
  }
  return definition(ast, text, session) ?? data(ast, text, session) ?? sessionStatement(ast, session);
}

function definition(ast: Statement, text: string, session: ProgramSession): StatementResult | undefined {
  switch (ast.kind) {
    case "create-table": {
      const insert = createTable(ast, text, session);
      return insert === undefined ? done : counted([insert], session, ast.span.start);
    }
    case "create-view":
      createView(ast, text, session);
      return done;
    case "alter-view":
      alterView(ast, text, session);
      return done;
    case "alter-table":
      alterTable(ast, text, session);
      return done;
    case "create-database":
      createDatabase(ast, session);
      return done;
    case "create-function":
    case "alter-function":
      createFunction(ast, session);
      return done;
    case "drop":
      drop(ast, session);
      return done;
    case "alter-object":
      alterObject(ast, session);
      return done;
    case "create-materialized-table":
    case "create-model":
    case "create-connection":
      throw elsewhere(definitionNames[ast.kind], ast.span.start);
    default:
      return undefined;
  }
}

const definitionNames = {
  "create-materialized-table": "CREATE MATERIALIZED TABLE",
  "create-model": "CREATE MODEL",
  "create-connection": "CREATE CONNECTION",
} as const satisfies Partial<Record<DefinitionStatement["kind"], string>>;

const missingData = {
  update: "UPDATE",
  delete: "DELETE",
  truncate: "TRUNCATE TABLE",
  "call-procedure": "CALL",
  "compile-plan": "COMPILE PLAN",
  "execute-plan": "EXECUTE PLAN",
} as const satisfies Partial<Record<DataStatement["kind"], string>>;

function data(ast: Statement, text: string, session: ProgramSession): StatementResult | undefined {
  switch (ast.kind) {
    case "query": {
      const context = { statement: session.context(text), tables: [], outer: undefined, depth: 0 };
      return { kind: "query", relation: queryBinder.bind(ast, context) };
    }
    case "insert":
      return counted([bindInsert(ast, text, session)], session, ast.span.start);
    case "statement-set": {
      const inserts = ast.inserts.map((insert) => bindInsert(insert, text, session));
      return counted(inserts, session, ast.span.start);
    }
    case "begin-statement-set":
      session.isInStatementSet = true;
      return done;
    case "end-statement-set":
      if (!session.isInStatementSet)
        throw invalid("END without BEGIN STATEMENT SET", ast.span.start, "42601");
      session.isInStatementSet = false;
      return done;
    case "execute":
      return data(ast.statement, text, session);
    case "explain":
      return explain(ast, text, session);
    case "update":
    case "delete":
    case "truncate":
    case "call-procedure":
    case "compile-plan":
    case "execute-plan":
      throw elsewhere(missingData[ast.kind], ast.span.start);
    default:
      return undefined;
  }
}

function counted(
  inserts: Extract<StatementOutcome, { kind: "inserts" }>["inserts"],
  session: ProgramSession,
  position: number,
): StatementResult {
  session.insertCount += inserts.length;
  if (session.insertCount > maxInserts) {
    throw invalid(`a program has at most ${maxInserts} INSERTs`, position, "54000");
  }
  return { kind: "inserts", inserts };
}

function explain(ast: Explain, text: string, session: ProgramSession): StatementResult {
  const { statement, details } = ast;
  if (statement.kind === "create-table") throw elsewhere("EXPLAIN of CREATE TABLE ... AS", ast.span.start);
  const inside = data(statement, text, session);
  if (inside?.kind === "query") return { kind: "explain", details, relation: inside.relation, inserts: [] };
  if (inside?.kind === "inserts") {
    session.insertCount -= inside.inserts.length;
    return { kind: "explain", details, relation: undefined, inserts: inside.inserts };
  }
  throw invalid("EXPLAIN takes a query or an INSERT", ast.span.start, "42601");
}

const missingSession = {
  "load-module": "LOAD MODULE",
  "unload-module": "UNLOAD MODULE",
  "stop-job": "STOP JOB",
  "analyze-table": "ANALYZE TABLE",
} as const satisfies Partial<Record<SessionStatement["kind"], string>>;

function sessionStatement(ast: Statement, session: ProgramSession): StatementResult {
  switch (ast.kind) {
    case "use":
      use(ast, session);
      return done;
    case "set":
      return set(ast, session);
    case "reset":
      session.settings.reset(ast.key);
      return done;
    case "show":
      return { kind: "rows", ...show(ast, session) };
    case "describe":
      return describe(ast, session);
    case "jar":
    case "load-module":
    case "unload-module":
    case "stop-job":
    case "analyze-table":
      throw elsewhere(
        ast.kind === "jar" ? `${ast.action.toUpperCase()} JAR` : missingSession[ast.kind],
        ast.span.start,
      );
    default:
      throw elsewhere(`the statement ${ast.kind.toUpperCase()}`, ast.span.start);
  }
}

function set({ option }: SetOption, session: ProgramSession): StatementResult {
  if (option === undefined) return { kind: "rows", columns: ["key", "value"], rows: session.settings.rows() };
  const warning = session.settings.set(option.key, option.value, option.span.start);
  if (warning !== undefined) session.warnings.push(warning);
  return done;
}

function describe(ast: Describe, session: ProgramSession): StatementResult {
  switch (ast.what) {
    case "table":
      return { kind: "rows", columns: describeHeader, rows: describedColumns(ast.name, session) };
    case "catalog":
      return { kind: "rows", ...describeCatalog(ast.name.parts[0]?.name ?? "", session) };
    default:
      throw elsewhere(`DESCRIBE ${ast.what.toUpperCase()}`, ast.span.start);
  }
}
