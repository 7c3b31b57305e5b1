import { readFile } from "node:fs/promises";
import { messageOf } from "../../core/errors.ts";
import type { CommandIo } from "../command-io.ts";
import type { SqlSession } from "./session.ts";
import { StatementSplitter } from "./statement-splitter.ts";

/** What comes of a backslash command. */
export type BackslashOutcome = "done" | "failed" | "quit";

const help = `  \\d            tables and views
  \\d NAME       columns of a table
  \\dt           tables;  \\dn schemas;  \\l databases
  \\x            a block a row instead of a table, on and off
  \\timing       how long statements take, on and off
  \\i FILE       run the statements of a file
  \\q            quit, as Ctrl-D does
  Statements end with a semicolon. Ctrl-C stops one that runs.`;

const systemSchemas = "('pg_catalog', 'information_schema', 'pg_internal')";

/** Files that run files, within each other. */
const maxFileDepth = 10;

/** Runs a line such as `\d flights`. */
export async function runBackslash(
  line: string,
  session: SqlSession,
  io: CommandIo,
  fileDepth = 0,
): Promise<BackslashOutcome> {
  const [, name = "", rest = ""] = /^\\(\S+)\s*(.*?)[\s;]*$/s.exec(line.trim()) ?? [];
  const { settings } = session;
  switch (name) {
    case "q":
      return "quit";
    case "?":
      io.print(help);
      return "done";
    case "x":
      settings.form = settings.form === "expanded" ? "table" : "expanded";
      io.print(`A block a row is ${settings.form === "expanded" ? "on" : "off"}.`);
      return "done";
    case "timing":
      settings.showsTiming = !settings.showsTiming;
      io.print(`Timing is ${settings.showsTiming ? "on" : "off"}.`);
      return "done";
    case "i":
      return runFile(rest, session, io, fileDepth);
  }
  const statement = statementOf(name, rest);
  if (statement !== undefined) return (await session.run(statement)) ? "done" : "failed";
  io.note(`There is no \\${name}. \\? says what there is.`);
  return "failed";
}

/** The query over system tables that stands for a command. */
function statementOf(name: string, rest: string): string | undefined {
  if (name === "l")
    return "select database_name as name, database_type as type from svv_redshift_databases order by 1";
  if (name === "dn")
    return "select schema_name as name, schema_type as type, source_database as source from svv_all_schemas where database_name = current_database() order by 1";
  if (name === "dt" || (name === "d" && rest === ""))
    return `select schema_name as schema, table_name as name, table_type as type, dist_style as distribution from svv_all_tables
      where database_name = current_database() and schema_name not in ${systemSchemas}${name === "dt" ? " and table_type like '%TABLE'" : ""}
      order by 1, 2`;
  if (name !== "d") return undefined;
  const [table = "", schema] = rest.split(".").reverse().map(unquoted);
  const inSchema =
    schema === undefined ? `schema_name not in ${systemSchemas}` : `schema_name = ${literal(schema)}`;
  return `select schema_name as schema, column_name as column,
      replace(replace(data_type, 'character varying', 'varchar'), ' without time zone', '') ||
        case when character_maximum_length is null then '' else '(' || character_maximum_length || ')' end as type,
      is_nullable as nullable, encoding, dist_key as distkey, sort_key as sortkey
    from svv_all_columns where database_name = current_database() and ${inSchema} and table_name = ${literal(table)}
    order by schema_name, ordinal_position`;
}

function unquoted(name: string): string {
  return /^".*"$/s.test(name) ? name.slice(1, -1).replaceAll('""', '"') : name.toLowerCase();
}

function literal(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
}

async function runFile(
  path: string,
  session: SqlSession,
  io: CommandIo,
  fileDepth: number,
): Promise<BackslashOutcome> {
  if (fileDepth >= maxFileDepth) {
    io.note(`${path} is not run: files run each other without end.`);
    return "failed";
  }
  try {
    return await runScript(await readFile(path, "utf8"), session, io, fileDepth + 1);
  } catch (error) {
    if (!(error instanceof Error && "syscall" in error)) throw error;
    io.note(`${path} cannot be read: ${messageOf(error)}.`);
    return "failed";
  }
}

/** Runs statements and backslash commands up to the first that fails. */
export async function runScript(
  text: string,
  session: SqlSession,
  io: CommandIo,
  fileDepth = 0,
): Promise<BackslashOutcome> {
  const splitter = new StatementSplitter();
  for (const line of text.split(/(?<=\n)/)) {
    if (splitter.isEmpty && line.trimStart().startsWith("\\")) {
      const outcome = await runBackslash(line, session, io, fileDepth);
      if (outcome !== "done") return outcome;
      continue;
    }
    for (const statement of splitter.add(line)) if (!(await session.run(statement))) return "failed";
  }
  const last = splitter.end();
  return last === undefined || (await session.run(last)) ? "done" : "failed";
}
