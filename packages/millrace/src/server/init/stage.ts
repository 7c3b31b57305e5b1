import { type Dirent, readdirSync } from "node:fs";
import { join } from "node:path";
import { systemCode } from "../../core/errors.ts";

/** LocalStack's stages, whose scripts lie in `boot.d`, `start.d`, `ready.d` and `shutdown.d`. */
export type Stage = "BOOT" | "START" | "READY" | "SHUTDOWN";
export const stages: readonly Stage[] = ["BOOT", "START", "READY", "SHUTDOWN"];

export type ScriptState = "UNKNOWN" | "RUNNING" | "SUCCESSFUL" | "ERROR";

export interface Script {
  readonly path: string;
  readonly name: string;
  readonly stage: Stage;
  state: ScriptState;
}

const suffixes = /\.(?:sh|py|sql|json|[cm]?[jt]s)$/;
const maxDepth = 8;
/** Scripts of one stage; somebody may have named the wrong directory. */
const maxScripts = 1_000;

/** The scripts of a stage in the order of their names, those of a folder before those of the folders in it. */
export function scriptsOf(directory: string, stage: Stage): readonly Script[] {
  const scripts: Script[] = [];
  collect(join(directory, `${stage.toLowerCase()}.d`), stage, 0, scripts);
  return scripts;
}

function collect(folder: string, stage: Stage, depth: number, scripts: Script[]): void {
  const entries = entriesOf(folder);
  for (const entry of entries) {
    const isScript = !entry.isDirectory() && suffixes.test(entry.name);
    if (!isScript || scripts.length >= maxScripts) continue;
    scripts.push({ path: join(folder, entry.name), name: entry.name, stage, state: "UNKNOWN" });
  }
  if (depth >= maxDepth) return;
  for (const entry of entries)
    if (entry.isDirectory()) collect(join(folder, entry.name), stage, depth + 1, scripts);
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes(systemCode(error) ?? "")) return [];
    throw error;
  }
}
