import type { Identifier } from "../flink/ast/name.ts";
import { quotedName } from "../flink/format/text-writer.ts";
import { SqlError } from "../sql-error.ts";
import { parseAnalyticsScript } from "./analytics-parser.ts";
import { Application, type Feed, type InternalStream } from "./application.ts";
import type { ApplicationConnections } from "./application-schema.ts";
import { flinkTypeText } from "./column-type.ts";
import { inputTexts, outputText, referenceTexts } from "./connected-table.ts";
import { type PositionMapping, ProgramText } from "./program-text.ts";
import { QueryRewriter } from "./select-rewrite.ts";

export { originalPosition, type PositionMapping } from "./program-text.ts";

export interface RewrittenApplication {
  /** A whole program: tables of inputs and outputs, views, one statement set. */
  readonly flinkSql: string;
  /** In the order of `flinkSql`; pieces may lie within each other. */
  readonly positions: readonly PositionMapping[];
}

/**
 * The application's code in the dialect of SQL-1_0 as a program of Flink SQL.
 * @throws SqlError with a position in `code`; 0A000 names what has no form in Flink SQL
 */
export function rewriteAnalyticsSql(code: string, connections: ApplicationConnections): RewrittenApplication {
  const application = new Application(parseAnalyticsScript(code), connections);
  const program = new ProgramText();
  program.append("SET 'table.local-time-zone' = 'UTC';\n");
  for (const text of [
    ...connections.inputs.flatMap(inputTexts),
    ...connections.referenceTables.flatMap(referenceTexts),
  ]) {
    program.append(`${text};\n`);
  }
  for (const stream of application.streamsInOrder()) {
    appendView(program, application, stream);
  }
  const inserts = connections.outputs.map((output, index) => {
    const stream = application.outputStream(output.name);
    const table = `${output.name} output ${index + 1}`;
    program.append(`${outputText(table, output, stream.columns)};\n`);
    const columns = stream.columns.map(({ name }) => quotedName(name.name)).join(", ");
    return `INSERT INTO ${quotedName(table)} SELECT ${columns} FROM ${quotedName(stream.name.name)};\n`;
  });
  if (inserts.length === 0) {
    throw new SqlError("0A000", "SQL-1_0: the application has no output, so there is nothing to run");
  }
  program.append(`EXECUTE STATEMENT SET BEGIN\n${inserts.join("")}END;\n`);
  return { flinkSql: program.text, positions: program.positions };
}

/** An in-application stream: what its pumps give, in its types, with the time at which rows come in. */
function appendView(program: ProgramText, application: Application, stream: InternalStream): void {
  const names = stream.columns.map(({ name }) => quotedName(name.name));
  program.append(`CREATE TEMPORARY VIEW ${quotedName(stream.name.name)} AS SELECT ${names.join(", ")}, `);
  program.append("PROCTIME() AS `ROWTIME` FROM (\n");
  stream.feeds.forEach((feed, index) => {
    program.append(index === 0 ? "" : "\nUNION ALL\n");
    appendFeed(program, application, stream, feed);
  });
  program.append("\n);\n");
}

// SELECT CAST(`Q`.`a` AS type) AS `a`, ... FROM ( query ) AS `Q` (`a`, ...)
function appendFeed(
  program: ProgramText,
  application: Application,
  stream: InternalStream,
  feed: Feed,
): void {
  const rewritten = new QueryRewriter(application, feed.start).rewrite(feed.query);
  const targets = targetsOf(stream, feed, rewritten.columns);
  if (rewritten.columns.length !== targets.length) {
    const message = `stream "${stream.name.name}" has ${targets.length} columns to fill, the query gives ${rewritten.columns.length}`;
    throw new SqlError("42601", message, { position: feed.start + feed.query.span.start });
  }
  const isTyped = stream.kind === "stream";
  const items = stream.columns.map(({ name, type }) => {
    const column = quotedName(name.name);
    if (!targets.includes(name.name)) {
      return `CAST(NULL AS ${flinkTypeText(type)}) AS ${column}`;
    }
    return isTyped ? `CAST(\`Q\`.${column} AS ${flinkTypeText(type)}) AS ${column}` : `\`Q\`.${column}`;
  });
  program.append(`SELECT ${items.join(", ")} FROM (`);
  program.appendQuery(rewritten.query, feed.start);
  program.append(`) AS \`Q\` (${targets.map(quotedName).join(", ")})`);
}

/**
 * The columns that a feed fills, in the order of its query. A view has those of its query, of which ROWTIME is the
 * view's own.
 * @throws SqlError for names that are no columns
 */
function targetsOf(stream: InternalStream, feed: Feed, given: readonly string[]): readonly string[] {
  const all = stream.columns.map(({ name }) => name.name);
  if (feed.columns.length === 0) {
    const extra = stream.kind === "view" && given.length > all.length && given.includes("ROWTIME");
    return extra ? given.map((name) => (name === "ROWTIME" ? "ROWTIME of rows" : name)) : all;
  }
  const unknown = feed.columns.find((column: Identifier) => !all.includes(column.name));
  if (unknown !== undefined) {
    throw new SqlError("42703", `stream "${stream.name.name}" has no column "${unknown.name}"`, {
      position: feed.start + unknown.span.start,
    });
  }
  return feed.columns.map(({ name }) => name);
}
