import { join } from "node:path";
import { assert } from "../../../core/assert.ts";
import { SerialTasks } from "../../../core/serial-tasks.ts";
import type { AppendedFile, JobFiles } from "../checkpoint/job-files.ts";
import { decodeFrames, encodeFrame } from "./journal-frame.ts";
import type { RoundDescription } from "./round-description.ts";

/** The journal cannot be read: rounds are missing whose output may be visible. */
export class JournalError extends Error {
  override readonly name = "JournalError";
}

interface Waiting {
  readonly round: RoundDescription;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

const prefix = "journal-";
const suffix = ".log";

/**
 * The rounds of a run, durable before their output is seen. One file for the rounds between two checkpoints,
 * named after its first round; a run that goes on after a crash begins a new one, so that a torn end is never
 * written behind.
 */
export class Journal {
  readonly #files: JobFiles;
  readonly #directory: string;
  readonly #tasks: SerialTasks = new SerialTasks();
  #file: AppendedFile | undefined;
  #waiting: Waiting[] = [];
  #lastRound: number;
  #failure: unknown;
  #bytesSinceRotation = 0;

  /** @param lastRound the last one that is in the journal or below the manifest */
  constructor(files: JobFiles, directory: string, lastRound: number) {
    this.#files = files;
    this.#directory = directory;
    this.#lastRound = lastRound;
  }

  /** Since the last checkpoint. */
  get bytes(): number {
    return this.#bytesSinceRotation;
  }

  /** Resolves when the round is durable; rounds that are handed in meanwhile share the next write. */
  append(round: RoundDescription): Promise<void> {
    assert(round.number === this.#lastRound + 1, "rounds are journaled in order");
    this.#lastRound = round.number;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ round, resolve, reject });
      if (this.#waiting.length === 1) void this.#tasks.run(() => this.#writeWaiting());
    });
  }

  /** Rounds from here on go into a file of their own. */
  rotate(): Promise<void> {
    return this.#tasks.run(async () => {
      await this.#file?.close();
      this.#file = undefined;
      this.#bytesSinceRotation = 0;
    });
  }

  /** Removes files whose rounds all lie before. */
  async dropBefore(round: number): Promise<void> {
    const starts = await journalStarts(this.#files, this.#directory);
    for (const [index, start] of starts.entries()) {
      const next = starts[index + 1];
      if (next !== undefined && next <= round) await this.#files.remove(fileOf(this.#directory, start));
    }
  }

  async close(): Promise<void> {
    await this.#tasks.settled();
    await this.#file?.close();
    this.#file = undefined;
  }

  async #writeWaiting(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    try {
      if (this.#failure !== undefined) throw this.#failure;
      const file = this.#file ?? (await this.#open(waiting[0]?.round.number ?? 0));
      const frame = encodeFrame(JSON.stringify(waiting.map(({ round }) => round)));
      await file.append(frame);
      this.#bytesSinceRotation += frame.length;
      for (const { resolve } of waiting) resolve();
    } catch (error) {
      // What lies behind a failed write is unknown: the run goes on from the disk, in a new journal.
      this.#failure = error;
      for (const { reject } of waiting) reject(error);
    }
  }

  async #open(firstRound: number): Promise<AppendedFile> {
    const file = await this.#files.append(fileOf(this.#directory, firstRound));
    await this.#files.syncDirectory(this.#directory);
    this.#file = file;
    return file;
  }
}

/**
 * The rounds behind `after`, in order, without gaps.
 * @throws JournalError when some are missing or damaged
 */
export async function readJournal(
  files: JobFiles,
  directory: string,
  after: number,
): Promise<readonly RoundDescription[]> {
  const rounds: RoundDescription[] = [];
  let next = after + 1;
  for (const start of await journalStarts(files, directory)) {
    const path = fileOf(directory, start);
    const { payloads, end } = decodeFrames((await files.read(path)) ?? new Uint8Array(0));
    if (end === "damaged") throw new JournalError(`The journal ${path} is damaged.`);
    for (const round of payloads.flatMap((payload) => JSON.parse(payload) as RoundDescription[])) {
      if (round.number < next) continue;
      if (round.number !== next) {
        throw new JournalError(`The journal ${path} goes on with round ${round.number} instead of ${next}.`);
      }
      rounds.push(round);
      next += 1;
    }
  }
  return rounds;
}

function fileOf(directory: string, firstRound: number): string {
  return join(directory, `${prefix}${String(firstRound).padStart(16, "0")}${suffix}`);
}

async function journalStarts(files: JobFiles, directory: string): Promise<readonly number[]> {
  const names = await files.names(directory);
  return names
    .filter((name) => name.startsWith(prefix) && name.endsWith(suffix))
    .map((name) => Number(name.slice(prefix.length, -suffix.length)))
    .filter((start) => Number.isSafeInteger(start))
    .sort((a, b) => a - b);
}
