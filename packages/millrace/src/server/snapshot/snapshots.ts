import { createReadStream } from "node:fs";
import { mkdir, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import type { Clock } from "../../core/clock.ts";
import { messageOf } from "../../core/errors.ts";
import type { Logger } from "../../core/logger.ts";
import { MasterKey } from "../../core/master-key.ts";
import type { NewCredential } from "../../gateway/credentials/credential-store.ts";
import type { Configuration } from "../configuration.ts";
import { type DataDirectory, snapshotPrefix } from "../data-directory.ts";
import type { SnapshotManifest } from "./manifest.ts";
import { notesOf } from "./notes.ts";
import type { LoadedSnapshot } from "./offline.ts";
import { SnapshotError } from "./snapshot-error.ts";
import { StateSwap } from "./swap.ts";

/** What a pause lets its work do with what it has put in place. */
interface PausedState {
  open(): Promise<void>;
  close(): Promise<void>;
}

export interface SnapshotsOptions {
  readonly configuration: Pick<Configuration, "account" | "durability" | "masterKey">;
  readonly directory: DataDirectory;
  readonly clock: Clock;
  readonly log: Logger;
  readonly version: string;
  /** Runs work while nothing has the data directory open. */
  readonly pause: <T>(work: (state: PausedState) => Promise<T>) => Promise<T>;
  /** The root credential that opening the data directory has made, if it had none. */
  readonly firstCredential: () => NewCredential | undefined;
}

/** A snapshot on its way to a client. */
export interface SavedSnapshot {
  readonly manifest: SnapshotManifest;
  readonly bytes: number;
  /** The file's content, once; the file is removed when it has been read or is given up. */
  readonly content: AsyncIterable<Uint8Array>;
}

export interface LoadedOnline extends LoadedSnapshot {
  /** Made because the snapshot had none, where signatures are verified. */
  readonly rootCredential: NewCredential | undefined;
}

/** Saves and loads the state of a Millrace that runs: requests wait meanwhile. */
export class Snapshots {
  readonly #options: SnapshotsOptions;
  #saved = 0;
  #isLoading = false;

  constructor(options: SnapshotsOptions) {
    this.#options = options;
  }

  /** @throws SnapshotError */
  async save(): Promise<SavedSnapshot> {
    this.#requireKept();
    const { directory } = this.#options;
    this.#saved++;
    const file = directory.scratch(`${snapshotPrefix}${this.#saved}.tar.zst`);
    const manifest = await this.#options.pause(() => this.#archive(file));
    const { size } = await stat(file);
    return { manifest, bytes: size, content: new PassingFile(file) };
  }

  /**
   * Puts a snapshot in the place of everything. When it cannot be read or opened, everything stays as it was.
   * @throws SnapshotError
   */
  async load(source: AsyncIterable<Uint8Array>): Promise<LoadedOnline> {
    this.#requireKept();
    if (this.#isLoading) throw new SnapshotError("in use", "Another snapshot is being loaded.");
    this.#isLoading = true;
    const { directory, configuration, version, firstCredential } = this.#options;
    const swap = new StateSwap(directory.path);
    try {
      const { unpackState } = await import("./unpack-state.ts");
      // Only what is whole and checked interrupts others.
      const manifest = await unpackState(source, swap.prepare(), {
        version,
        givenKey:
          configuration.masterKey === undefined ? undefined : MasterKey.parse(configuration.masterKey),
        isDurable: configuration.durability.mode === "sync",
        onProgress: () => {},
      });
      await this.#options.pause((state) => this.#replace(swap, state));
      return { manifest, notes: this.#notes(manifest), rootCredential: firstCredential() };
    } finally {
      this.#isLoading = false;
      await this.#clean(swap);
    }
  }

  async #archive(file: string): Promise<SnapshotManifest> {
    const { directory, configuration, clock, version } = this.#options;
    const { account, masterKey } = configuration;
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    // Loaded by who needs it: most starts never do.
    const { archiveState } = await import("./archive-state.ts");
    try {
      return await archiveState(directory.path, file, {
        ...{ version, account, atMs: clock.now(), onProgress: () => {} },
        master: await directory.masterKey(masterKey),
        isKeyGiven: masterKey !== undefined,
      });
    } catch (error) {
      // Now, and not later: what is opened again needs the space.
      await rm(file, { force: true });
      throw error;
    }
  }

  async #replace(swap: StateSwap, state: PausedState): Promise<void> {
    try {
      swap.exchange();
      await state.open();
      swap.commit();
    } catch (error) {
      await state.close();
      swap.takeBack();
      throw new SnapshotError(
        "not opened",
        `The snapshot cannot be opened here, and everything is as it was: ${messageOf(error)}`,
        { cause: error },
      );
    }
  }

  /** What is left over is removed at the next start, if not now. */
  async #clean(swap: StateSwap): Promise<void> {
    try {
      await swap.clean();
    } catch (error) {
      this.#options.log.warn({ err: error }, "what is left of a snapshot's load could not be removed");
    }
  }

  #notes(manifest: SnapshotManifest): readonly string[] {
    const { account } = this.#options.configuration;
    if (manifest.account === undefined || manifest.account === account) return notesOf(manifest);
    return [
      ...notesOf(manifest),
      `The snapshot was saved with --account ${manifest.account}, and this Millrace has ${account}: callers whose access key names no account see nothing of it.`,
    ];
  }

  #requireKept(): void {
    if (this.#options.directory.isKept) return;
    throw new SnapshotError(
      "not kept",
      "With --durability memory there is nothing on disk that could be saved or replaced: start with --durability interval.",
    );
  }
}

/** A file's content, once; the file goes when it has been read, or when nobody wants it any more. */
class PassingFile implements AsyncIterable<Uint8Array> {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
    const path = this.#path;
    const pieces = createReadStream(path)[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
    // Not a generator: given up before it has begun, one would not get to its clean-up.
    return {
      async next() {
        const piece = await pieces.next();
        if (piece.done === true) await rm(path, { force: true });
        return piece;
      },
      async return() {
        await pieces.return?.();
        await rm(path, { force: true });
        return { done: true, value: undefined };
      },
    };
  }
}
