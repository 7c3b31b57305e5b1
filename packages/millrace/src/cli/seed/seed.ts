import { readFile } from "node:fs/promises";
import { dirname, extname, resolve } from "node:path";
import { messageOf } from "../../core/errors.ts";
import { AwsCaller } from "../aws-call/aws-caller.ts";
import { CommandError, exitCodes, usageError } from "../command-error.ts";
import type { CommandIo } from "../command-io.ts";
import type { ConnectionFlags } from "../connection/connection.ts";
import { applyDocument } from "./apply-document.ts";
import { seedDocument } from "./document.ts";
import type { SeedParts } from "./seed-parts.ts";

const kinds: readonly string[] = [".json", ".ts", ".mts", ".js", ".mjs", ".sql", ".sh"];
const whatCells = 40;

/** Fills Millrace from files, one after the other. @throws CommandError at the first that fails */
export async function seed(files: readonly string[], flags: ConnectionFlags, io: CommandIo): Promise<void> {
  const seeds = files.map(seedFile);
  // What is wrong in a file is said before anything is changed.
  const documents = new Map<string, unknown>();
  for (const { path, shown, kind } of seeds) documents.set(path, await checked(path, shown, kind));
  const aws = new AwsCaller(await io.connection(flags), "millrace-seed");
  const signal = io.interruption();
  try {
    for (const each of seeds) await runSeed(each, documents.get(each.path), { io, aws, signal });
  } catch (error) {
    if (signal.aborted) throw new CommandError("Seeding was interrupted.", exitCodes.interrupted);
    throw error;
  }
}

interface SeedFile {
  readonly shown: string;
  readonly path: string;
  readonly kind: string;
  /** Of a file of SQL: `seed.sql:sales`. */
  readonly cluster: string | undefined;
}

function seedFile(file: string): SeedFile {
  const [, shown = file, cluster] = /^(.+\.sql):([a-z][a-z0-9-]*)$/.exec(file) ?? [];
  const kind = extname(shown);
  if (!kinds.includes(kind)) throw usageError(`${file} is none of ${kinds.join(", ")}. Name another file.`);
  return { shown, path: resolve(shown), kind, cluster };
}

/** The document of a JSON file, the text of a SQL file; undefined for what is a program. @throws CommandError */
async function checked(path: string, shown: string, kind: string): Promise<unknown> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    throw usageError(`${shown} cannot be read: ${messageOf(error)}.`);
  });
  if (kind === ".sql") return text;
  if (kind !== ".json") return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw usageError(`${shown} is no JSON: ${messageOf(error)}.`);
  }
  return seedDocument(value, shown);
}

async function runSeed(
  { shown, path, kind, cluster }: SeedFile,
  document: unknown,
  given: Pick<SeedParts, "io" | "aws" | "signal">,
): Promise<void> {
  const { io } = given;
  const startedMs = performance.now();
  io.print(io.style("bold", shown));
  const say = (what: string, outcome: string): void =>
    io.print(`  ${io.style("green", "✓")} ${what.padEnd(whatCells)} ${io.style("dim", outcome)}`);
  const parts: SeedParts = { ...given, folder: dirname(path), say };
  if (kind === ".json") await applyDocument(document as ReturnType<typeof seedDocument>, parts);
  else if (kind === ".sql") await (await import("./run-sql.ts")).runSql(document as string, cluster, parts);
  else if (kind === ".sh") await (await import("./run-shell.ts")).runShell(path, parts);
  else await (await import("./run-module.ts")).runModule(path, parts);
  io.print(io.style("dim", `  done in ${((performance.now() - startedMs) / 1_000).toFixed(1)} s`));
}
