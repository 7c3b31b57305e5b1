import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { assert } from "../../core/assert.ts";
import { systemCode } from "../../core/errors.ts";
import { loadFolder, stateNames } from "./contents.ts";

/*
 * A data directory's state is replaced by renaming what is at its top. Below `.snapshot-load` lie
 *
 *   new/          what was unpacked and is not in its place yet
 *   old/          what was there before
 *   discarded/    what was put in place and taken back
 *   journal.json  { "old": [name ...] }: the names that were there before
 *
 * While there is a journal the old state counts: whoever opens the directory puts it back. Removing the
 * journal is the moment from which the new state counts; after that the rest is rubbish. The old names are
 * all moved away before the first new one is moved in, so that where one of them is still missing in `old`,
 * nothing new is in place.
 */
interface Journal {
  readonly old: readonly string[];
}

const journalName = "journal.json";

/** Called between any two steps; tests end the process there. */
export type StepObserver = (step: string) => void;

const ignoreStep: StepObserver = () => {};

/** Replacing the state of a data directory whose lock one has, and which nobody else has open. */
export class StateSwap {
  readonly #directory: string;
  readonly #step: StepObserver;

  constructor(directory: string, onStep: StepObserver = ignoreStep) {
    this.#directory = directory;
    this.#step = onStep;
  }

  /** An empty folder to unpack into. */
  prepare(): string {
    assert(!existsSync(this.#path(journalName)), "what was interrupted is taken back first");
    this.#discardRest();
    mkdirSync(this.#path("new"), { recursive: true, mode: 0o700 });
    this.#step("prepared");
    return this.#path("new");
  }

  /** Puts the new state in the place of the old one, which still counts until `commit`. */
  exchange(): void {
    const old = stateNames(this.#directory);
    mkdirSync(this.#path("old"), { mode: 0o700 });
    this.#writeJournal({ old });
    this.#step("journal");
    for (const name of old) this.#move(join(this.#directory, name), join(this.#path("old"), name));
    this.#sync("old");
    for (const name of stateNames(this.#path("new")))
      this.#move(join(this.#path("new"), name), join(this.#directory, name));
    this.#sync("new");
    this.#step("exchanged");
  }

  /** From now on the new state counts. */
  commit(): void {
    rmSync(this.#path(journalName));
    this.#sync();
    this.#step("committed");
  }

  /** Puts the old state back, if the new one does not count yet; it may have been interrupted before. */
  takeBack(): void {
    const journal = this.#readJournal();
    if (journal !== undefined) {
      const isWhole = journal.old.every((name) => existsSync(join(this.#path("old"), name)));
      // With all of the old state in `old`, what is in its place is new.
      if (isWhole) this.#discardNew();
      for (const name of journal.old)
        if (existsSync(join(this.#path("old"), name)))
          this.#move(join(this.#path("old"), name), join(this.#directory, name));
      this.#sync("old");
      rmSync(this.#path(journalName));
      this.#sync();
      this.#step("taken back");
    }
    this.#discardRest();
  }

  /** Removes what nobody needs after a commit, or of a load that came to nothing. */
  async clean(): Promise<void> {
    // What a failure has left in between is put back by `takeBack` at the next start.
    if (existsSync(this.#path(journalName))) return;
    await rm(join(this.#directory, loadFolder), { recursive: true, force: true });
    this.#step("cleaned");
  }

  #discardNew(): void {
    rmSync(this.#path("discarded"), { recursive: true, force: true });
    mkdirSync(this.#path("discarded"), { mode: 0o700 });
    for (const name of stateNames(this.#directory))
      this.#move(join(this.#directory, name), join(this.#path("discarded"), name));
    this.#sync("discarded");
  }

  #discardRest(): void {
    rmSync(join(this.#directory, loadFolder), { recursive: true, force: true });
  }

  #move(from: string, to: string): void {
    renameSync(from, to);
    this.#step(`moved ${from.slice(this.#directory.length)}`);
  }

  #path(name: string): string {
    return join(this.#directory, loadFolder, name);
  }

  #sync(...folders: readonly string[]): void {
    for (const folder of [this.#directory, this.#path(""), ...folders.map((name) => this.#path(name))])
      syncDirectorySync(folder);
  }

  #readJournal(): Journal | undefined {
    try {
      return JSON.parse(readFileSync(this.#path(journalName), "utf8")) as Journal;
    } catch (error) {
      if (systemCode(error) === "ENOENT") return undefined;
      throw error;
    }
  }

  #writeJournal(journal: Journal): void {
    const temporary = this.#path(`${journalName}.tmp`);
    const file = openSync(temporary, "w", 0o600);
    try {
      writeSync(file, JSON.stringify(journal));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    this.#step("journal written");
    renameSync(temporary, this.#path(journalName));
    this.#sync();
  }
}

/** Makes created, renamed and removed names durable. */
function syncDirectorySync(directory: string): void {
  // Windows has no handle of a directory to sync; NTFS journals names by itself.
  if (process.platform === "win32") return;
  const handle = openSync(directory, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
