import { readFileSync, rmSync } from "node:fs";
import { readFile, rename, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";

/** What a running Millrace leaves in its data directory, so that other commands find it. */
export interface RunFile {
  readonly url: string;
  readonly sql: { readonly host: string; readonly port: number } | undefined;
  readonly pid: number;
  readonly version: string;
}

export const runFileName = "run.json";
const connectTimeoutMs = 2_000;

/** Written for its owner alone: who may not read the data need not know where it is served. */
export async function writeRunFile(directory: string, run: RunFile): Promise<void> {
  const path = join(directory, runFileName);
  const unfinished = `${path}.${run.pid}`;
  await writeFile(unfinished, `${JSON.stringify(run)}\n`, { mode: 0o600 });
  await rename(unfinished, path);
}

/** Removes it at the end, if it is still this process's own. */
export function removeRunFile(directory: string, pid: number): void {
  const path = join(directory, runFileName);
  try {
    if (parse(readFileSync(path, "utf8"))?.pid === pid) rmSync(path);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

/**
 * The Millrace that runs on the directory; undefined where none does: a file that was left behind by a killed process
 * names a process that is gone, or an address where nobody listens.
 */
export async function readRunFile(
  directory: string,
): Promise<(RunFile & { readonly path: string }) | undefined> {
  const path = join(directory, runFileName);
  const run = parse(await readFile(path, "utf8").catch(() => ""));
  if (run === undefined || !isAlive(run.pid) || !(await isListening(run.url))) return undefined;
  return { ...run, path };
}

function parse(text: string): RunFile | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const { url, sql, pid, version } = value as Readonly<Record<string, unknown>>;
  if (typeof url !== "string" || !URL.canParse(url) || typeof pid !== "number" || typeof version !== "string")
    return undefined;
  return { url, pid, version, sql: isAddress(sql) ? sql : undefined };
}

function isAddress(value: unknown): value is { readonly host: string; readonly port: number } {
  if (typeof value !== "object" || value === null) return false;
  const { host, port } = value as Readonly<Record<string, unknown>>;
  return typeof host === "string" && typeof port === "number";
}

/** A process of another user is alive, too. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Whatever it answers: one that is ill must not be taken for one that is not there. */
function isListening(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname.replace(/^\[(.*)\]$/, "$1"), port: Number(port) });
    const end = (isThere: boolean): void => {
      socket.destroy();
      resolve(isThere);
    };
    socket.setTimeout(connectTimeoutMs, () => end(true));
    socket.once("connect", () => end(true));
    socket.once("error", () => end(false));
  });
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
