import { readFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { expect, it } from "vitest";
import { MillraceProcess } from "../../fixtures/millrace-process.ts";

/**
 * Statements of daily work, each with what it answers behind it: a line `= a | b` for a row, or for the tag of a
 * statement without rows; `! SQLSTATE message` for an error. They follow AWS's pages on each function and clause.
 */
const file = join(import.meta.dirname, "analytics.txt");

interface Expected {
  readonly statement: string;
  readonly answer: readonly string[];
}

async function readStatements(): Promise<readonly Expected[]> {
  const blocks = (await readFile(file, "utf8")).split("\n\n").filter((block) => block.trim() !== "");
  return blocks.map((block) => {
    const lines = block.split("\n");
    const isAnswer = (line: string): boolean => /^[=!] /.test(line);
    return {
      statement: lines.filter((line) => !isAnswer(line)).join("\n"),
      answer: lines.filter(isAnswer),
    };
  });
}

it("daily work of analysts gives what AWS documents", async () => {
  const statements = await readStatements();
  expect(statements.length).toBeGreaterThan(190);
  const millrace = await MillraceProcess.start({ flags: { "redshift-port": "0" } });
  const client = new pg.Client({
    ...{ host: "127.0.0.1", port: millrace.sqlPort, user: "awsuser", database: "dev", password: "x" },
    types: { getTypeParser: () => String },
  });
  try {
    await client.connect();
    for (const { statement, answer } of statements)
      expect(await answerOf(client, statement), statement).toEqual(answer);
  } finally {
    await client.end().catch(() => undefined);
    await millrace.dispose();
  }
}, 120_000);

const changes: readonly string[] = ["INSERT", "UPDATE", "DELETE", "MERGE"];

async function answerOf(client: pg.Client, text: string): Promise<readonly string[]> {
  try {
    const { fields, rows, command, rowCount } = await client.query<unknown[]>({ text, rowMode: "array" });
    if (fields.length === 0) return [`= ${command}${changes.includes(command) ? ` ${rowCount}` : ""}`];
    if (rows.length === 0) return ["= (no rows)"];
    return rows.map((row) => `= ${row.map(shown).join(" | ")}`);
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
    return [`! ${error.code} ${error.message}`];
  }
}

function shown(value: unknown): string {
  return value === null ? "NULL" : String(value).replaceAll("\n", "\\n");
}
