import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { DirectoryLock, DirectoryLockedError } from "../core/directory-lock.ts";
import { messageOf } from "../core/errors.ts";
import { MasterKey } from "../core/master-key.ts";
import { Store } from "../core/store.ts";
import { type Configuration, ConfigurationError } from "./configuration/configuration.ts";
import { StateSwap } from "./snapshot/swap.ts";

const scratchName = "scratch";
/** What snapshots on their way to clients are called, in scratch. */
export const snapshotPrefix = "snapshot-";

/** Where a Millrace keeps what: the only place that knows the names in the data directory. */
export class DataDirectory {
  readonly path: string;
  readonly #isKept: boolean;
  readonly #sync: "full" | "normal";
  readonly #lock: DirectoryLock | undefined;
  #scratch: string | undefined;

  constructor(configuration: Pick<Configuration, "data" | "durability">) {
    this.path = resolve(configuration.data);
    this.#isKept = configuration.durability.mode !== "memory";
    this.#sync = configuration.durability.mode === "sync" ? "full" : "normal";
    if (!this.#isKept) return;
    try {
      mkdirSync(this.path, { recursive: true, mode: 0o700 });
      this.#lock = new DirectoryLock(this.path);
      rmSync(join(this.path, scratchName), { recursive: true, force: true });
      this.recover();
    } catch (error) {
      if (error instanceof DirectoryLockedError)
        throw new ConfigurationError(`--data ${this.path} is in use by another Millrace.`);
      throw new ConfigurationError(`--data ${this.path} cannot be used: ${messageOf(error)}`);
    }
  }

  /** Lets others use the directory. */
  close(): void {
    if (this.#scratch !== undefined) rmSync(this.#scratch, { recursive: true, force: true });
    this.#lock?.[Symbol.dispose]();
  }

  /** False when everything is forgotten at the end. */
  get isKept(): boolean {
    return this.#isKept;
  }

  /** Whether there is a kernel's or service's directory from an earlier run. */
  has(name: string): boolean {
    return this.#isKept && existsSync(this.folder(name));
  }

  /** A kernel's directory. */
  folder(name: string): string {
    return join(this.path, name);
  }

  /** A folder for files that no other start needs; beside the data where there is any, for links to it. */
  scratch(name: string): string {
    this.#scratch ??= this.#isKept ? join(this.path, scratchName) : mkdtempSync(join(tmpdir(), "millrace-"));
    return join(this.#scratch, name);
  }

  /** Forgets what is in scratch folders: for when nobody who uses them is open. */
  clearScratch(): void {
    if (this.#scratch === undefined || !existsSync(this.#scratch)) return;
    // Of snapshots there may be clients that still read them.
    for (const name of readdirSync(this.#scratch))
      if (!name.startsWith(snapshotPrefix))
        rmSync(join(this.#scratch, name), { recursive: true, force: true });
  }

  /** Puts right what an interrupted load of a snapshot has left. Nothing in the directory is open. */
  recover(): void {
    if (this.#isKept) new StateSwap(this.path).takeBack();
  }

  /** A kernel's or service's documents. */
  store(name: string): Store {
    if (!this.#isKept) return new Store({ path: ":memory:", sync: "off" });
    mkdirSync(this.folder(name), { recursive: true, mode: 0o700 });
    return new Store({ path: join(this.folder(name), "state.sqlite"), sync: this.#sync });
  }

  async masterKey(given: string | undefined): Promise<MasterKey> {
    if (given !== undefined) return MasterKey.parse(given);
    return this.#isKept ? MasterKey.load(this.path) : MasterKey.random();
  }
}
