import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { buildJava } from "../../fixtures/java-program.ts";
import { MillraceProcess } from "../../fixtures/millrace-process.ts";
import { mustRun } from "../../fixtures/run-command.ts";
import { makeObjects } from "../redshift-catalog/psql.ts";

let millrace: MillraceProcess;
let classPath: string;
let answers: unknown;

beforeAll(async () => {
  classPath = await buildJava(join(import.meta.dirname, "jdbc"), "redshift-jdbc");
  millrace = await MillraceProcess.start();
  await makeObjects(millrace.sqlPort);
  answers = JSON.parse(await readFile(join(import.meta.dirname, "jdbc-answers.json"), "utf8"));
});
afterAll(() => millrace.dispose());

/** What each check of the Java program printed. */
async function found(options: string): Promise<Readonly<Record<string, string>>> {
  const java = ["java", "-Duser.timezone=UTC", "-cp", classPath] as const;
  const printed = await mustRun([...java, "warehouse.Probe", String(millrace.sqlPort), options]);
  // The number of the table in an identity column's default is whatever came next.
  const lines = printed
    .trimEnd()
    .replace(/"identity"\(\d+,/, '"identity"(N,')
    .split("\n");
  return Object.fromEntries(lines.map((line) => line.split("\t", 2)));
}

it.each(["ssl=false", "ssl=true&sslfactory=com.amazon.redshift.ssl.NonValidatingFactory"])(
  "AWS's JDBC driver with %s",
  async (options) => {
    expect(await found(options)).toEqual(answers);
  },
);
