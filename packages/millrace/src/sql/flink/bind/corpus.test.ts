import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { SqlError } from "../../sql-error.ts";
import { type ParsedStatement, parseScript } from "../parser/flink-parser.ts";
import { ProgramSession } from "./program-session.ts";
import { runStatement } from "./statement.ts";
import { testOptions } from "./test-bind.ts";

const folder = new URL("../../../../../../tests/fixtures/flink-sql/", import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith(".sql"));

/** Undefined where it binds. */
async function errorOfStatement(statement: ParsedStatement, session: ProgramSession): Promise<unknown> {
  try {
    await runStatement(statement, session);
    return undefined;
  } catch (error) {
    return error;
  }
}

describe("the corpus of Flink SQL", () => {
  it.each(files)("of %s binds, or is refused with a reason", async (file) => {
    const session = new ProgramSession(testOptions);
    const statements = parseScript(readFileSync(new URL(file, folder), "utf8"));
    expect(statements.length).toBeGreaterThan(0);
    for (const statement of statements) {
      const error = await errorOfStatement(statement, session);
      session.isInStatementSet = false;
      if (error === undefined) continue;
      expect(error).toBeInstanceOf(SqlError);
      const { sqlState, message, position = 0 } = error as SqlError;
      expect(position).toBeLessThanOrEqual(statement.text.length);
      if (sqlState === "0A000") expect(message).toMatch(/it runs on Apache Flink itself$/);
    }
  });
});
