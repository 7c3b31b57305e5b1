import { join } from "node:path";
import { mustRun } from "../../fixtures/run-command.ts";
import { requirePrograms } from "../../fixtures/system-packages.ts";

function psql(port: number, args: readonly string[]): Promise<string> {
  return mustRun([
    "psql",
    "-X",
    "--no-password",
    "-v",
    "ON_ERROR_STOP=1",
    `host=127.0.0.1 port=${port} user=awsuser dbname=dev`,
    ...args,
  ]);
}

/** What psql prints for one of its commands. */
export function psqlScreen(port: number, command: string): Promise<string> {
  return psql(port, ["-c", command]);
}

/** The tables and views of objects.sql. */
export async function makeObjects(port: number): Promise<void> {
  await requirePrograms([["psql", "--version"]], ["postgresql-client"]);
  await psql(port, ["-q", "-f", join(import.meta.dirname, "objects.sql")]);
}

/** Rows that each query of tool-queries.sql gives. */
export async function toolQueryRows(port: number): Promise<readonly number[]> {
  const file = join(import.meta.dirname, "tool-queries.sql");
  const printed = await psql(port, ["-f", file]);
  return [...printed.matchAll(/^\((\d+) rows?\)$/gm)].map(([, rows]) => Number(rows));
}
