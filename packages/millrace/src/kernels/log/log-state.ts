import path from "node:path";
import { readFully, writeFully } from "../../core/open-file.ts";
import { CorruptionError } from "./errors.ts";
import type { LogFiles } from "./files.ts";
import { isOffset, type Offset } from "./offset.ts";

/*
 * state.json => { version: 1, id, createdMs, sealed, firstOffset, nextOffset, lastAppendTimeMs }
 * Replaced as a whole: written aside, synced, renamed. It is the truth about `sealed` and about what was
 * trimmed; `nextOffset` and `lastAppendTimeMs` count only as far as the segments do not know better.
 */
export interface LogState {
  readonly version: 1;
  readonly id: string;
  readonly createdMs: number;
  readonly sealed: boolean;
  readonly firstOffset: Offset;
  readonly nextOffset: Offset;
  /** -1 when nothing was ever appended. */
  readonly lastAppendTimeMs: number;
}

export const stateName = "state.json";
export const temporarySuffix = ".tmp";
const maxStateBytes = 64 * 1024;

export async function writeState(files: LogFiles, directory: string, state: LogState): Promise<void> {
  const target = path.join(directory, stateName);
  const file = await files.open(target + temporarySuffix, "create");
  try {
    await writeFully(file, [Buffer.from(`${JSON.stringify(state)}\n`)], 0);
    await file.datasync();
  } finally {
    await file.close();
  }
  await files.rename(target + temporarySuffix, target);
  await files.syncDirectory(directory);
}

/** Refuses a file that is not a state: guessing could unseal a log or bring trimmed data back. */
export async function readState(files: LogFiles, directory: string): Promise<LogState> {
  const target = path.join(directory, stateName);
  const file = await files.open(target, "read");
  try {
    const text = (await readFully(file, 0, Math.min(await file.size(), maxStateBytes))).toString();
    const state = parse(text);
    if (state === undefined)
      throw new CorruptionError(target, 0, "not the state of a log; restore or remove it");
    return state;
  } finally {
    await file.close();
  }
}

function parse(text: string): LogState | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Not JSON: the caller says so with the path.
    return undefined;
  }
  return isState(value) ? value : undefined;
}

function isState(value: unknown): value is LogState {
  if (typeof value !== "object" || value === null) return false;
  const state: Partial<Record<keyof LogState, unknown>> = value;
  return (
    state.version === 1 &&
    typeof state.id === "string" &&
    typeof state.createdMs === "number" &&
    typeof state.sealed === "boolean" &&
    isNumberOffset(state.firstOffset) &&
    isNumberOffset(state.nextOffset) &&
    state.firstOffset <= state.nextOffset &&
    Number.isSafeInteger(state.lastAppendTimeMs)
  );
}

function isNumberOffset(value: unknown): value is Offset {
  return typeof value === "number" && isOffset(value);
}
