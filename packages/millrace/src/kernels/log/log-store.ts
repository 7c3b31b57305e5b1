import { randomUUID } from "node:crypto";
import path from "node:path";
import type { Clock, Timer } from "../../core/clock.ts";
import { DirectoryLock, DirectoryLockedError } from "../../core/directory-lock.ts";
import { messageOf } from "../../core/errors.ts";
import type { Logger } from "../../core/logger.ts";
import { LogClosedError, LogInputError, LogLockedError } from "./errors.ts";
import type { LogFiles } from "./files.ts";
import { logLimits } from "./limits.ts";
import type { Log } from "./log.ts";
import { directoryOfId, idOfDirectory, tombstonePrefix } from "./log-name.ts";
import { type LogOptions, logOptions } from "./log-options.ts";
import { MemoryLog } from "./memory-log.ts";
import { nodeFiles } from "./node-files.ts";
import { openSegmentLog } from "./open-segment-log.ts";
import { StoreQueue } from "./queue-budget.ts";
import { SegmentLog } from "./segment-log.ts";
import { SegmentReaders } from "./segment-readers.ts";
import { TailCache } from "./tail-cache.ts";

export interface LogStoreParts {
  /** Owned by the store alone; made when the first log on disk is opened. */
  readonly dir: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** For what `open` is not told. */
  readonly defaults?: Partial<LogOptions>;
  readonly tailCacheBytes?: number;
  /** How often retention is applied to the open logs. */
  readonly trimIntervalMs?: number;
  /** The file system; tests hand in one that fails. */
  readonly files?: LogFiles;
}

const defaultTrimIntervalMs = 30_000;

/** The logs of one directory, one subdirectory each. A log is opened once and shared by all who ask. */
export class LogStore {
  readonly #parts: LogStoreParts;
  readonly #files: LogFiles;
  readonly #readers: SegmentReaders;
  readonly #cache: TailCache;
  readonly #queue = new StoreQueue();
  readonly #logs = new Map<string, Promise<Log>>();
  /** Logs that are being closed or deleted; their id can be opened again afterwards. */
  readonly #leaving = new Map<string, Promise<void>>();
  #starting: Promise<DirectoryLock> | undefined;
  #trimTimer: Timer | undefined;
  #closed = false;

  constructor(parts: LogStoreParts) {
    this.#parts = parts;
    this.#files = parts.files ?? nodeFiles;
    this.#readers = new SegmentReaders(this.#files, parts.log);
    this.#cache = new TailCache(parts.tailCacheBytes ?? logLimits.tailCacheBytes);
    this.#trimLater();
  }

  /** Opens or creates. An open log is returned as it is, whatever the options. */
  open(id: string, options: Partial<LogOptions> = {}): Promise<Log> {
    const known = this.#logs.get(id);
    if (known !== undefined) return known;
    const onClosing = (released: Promise<void>): void => this.#leave(id, opening, released);
    const opening: Promise<Log> = this.#open(id, options, onClosing);
    this.#logs.set(id, opening);
    opening.catch(() => {
      if (this.#logs.get(id) === opening) this.#logs.delete(id);
    });
    return opening;
  }

  async #open(
    id: string,
    given: Partial<LogOptions>,
    onClosing: (released: Promise<void>) => void,
  ): Promise<Log> {
    const directory = path.join(this.#parts.dir, directoryOfId(id));
    const options = logOptions(this.#parts.defaults ?? {}, given);
    await this.#leaving.get(id)?.catch(() => undefined);
    if (this.#closed) throw new LogClosedError(id);
    const { clock, log } = this.#parts;
    if (options.durability.mode === "memory") {
      const onDisk = await this.#files.names(directory);
      if (onDisk.length > 0) throw new LogInputError(`log ${id} is on disk and cannot be opened in memory`);
      return new MemoryLog(id, clock, log, options.retention, onClosing);
    }
    await this.#start();
    await this.#files.makeDirectory(directory);
    await this.#files.syncDirectory(this.#parts.dir);
    const shared = {
      files: this.#files,
      clock,
      log,
      readers: this.#readers,
      cache: this.#cache,
      queue: this.#queue,
    };
    return openSegmentLog(shared, id, directory, options, onClosing);
  }

  /** The log is on its way out; whoever opens the id again waits for that. */
  #leave(id: string, opening: Promise<Log> | undefined, released: Promise<void>): void {
    if (this.#logs.get(id) === opening) this.#logs.delete(id);
    const leaving = Promise.allSettled([this.#leaving.get(id), released]).then(() => undefined);
    this.#leaving.set(id, leaving);
    const done = (): void => {
      if (this.#leaving.get(id) === leaving) this.#leaving.delete(id);
    };
    leaving.then(done, done);
  }

  /** Takes the lock and finishes interrupted deletions, once. */
  #start(): Promise<DirectoryLock> {
    this.#starting ??= this.#takeOver().catch((error) => {
      // The owner may be gone when the next log is opened.
      this.#starting = undefined;
      throw error;
    });
    return this.#starting;
  }

  async #takeOver(): Promise<DirectoryLock> {
    const { dir } = this.#parts;
    await this.#files.makeDirectory(dir);
    const lock = lockDirectory(dir);
    for (const name of await this.#files.names(dir)) {
      if (name.startsWith(tombstonePrefix)) await this.#files.removeTree(path.join(dir, name));
    }
    return lock;
  }

  /** The ids of all logs, open or on disk, sorted. */
  async list(): Promise<readonly string[]> {
    const names = await this.#files.names(this.#parts.dir);
    const onDisk = names.map(idOfDirectory).filter((id) => id !== undefined);
    return [...new Set([...onDisk, ...this.#logs.keys()])].sort();
  }

  /** Refuses what waits in the log and removes it. Nothing of it comes back after a crash. */
  delete(id: string): Promise<void> {
    const opening = this.#logs.get(id);
    const deleting = this.#delete(id, opening, this.#leaving.get(id));
    this.#leave(id, opening, deleting);
    return deleting;
  }

  async #delete(
    id: string,
    opening: Promise<Log> | undefined,
    leaving: Promise<void> | undefined,
  ): Promise<void> {
    const { dir } = this.#parts;
    const directory = path.join(dir, directoryOfId(id));
    await leaving?.catch(() => undefined);
    const log = await opening?.catch(() => undefined);
    if (log instanceof SegmentLog) await log.discard();
    else await log?.close();
    if ((await this.#files.names(directory)).length === 0) return;
    await this.#start();
    const tombstone = path.join(dir, tombstonePrefix + randomUUID());
    await this.#files.rename(directory, tombstone);
    await this.#files.syncDirectory(dir);
    await this.#files.removeTree(tombstone);
  }

  #trimLater(): void {
    this.#trimTimer = this.#parts.clock.after(this.#parts.trimIntervalMs ?? defaultTrimIntervalMs, () => {
      void this.trim().finally(() => {
        if (!this.#closed) this.#trimLater();
      });
    });
  }

  /** Applies their retention to all open logs; what fails is logged and tried again next time. */
  async trim(): Promise<void> {
    for (const opening of [...this.#logs.values()]) {
      try {
        await (await opening).trim();
      } catch (error) {
        if (!(error instanceof LogClosedError))
          this.#parts.log.error({ error: messageOf(error) }, "a log was not trimmed");
      }
    }
  }

  /** Closes every log, then lets go of the directory. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#trimTimer?.cancel();
    const logs = await Promise.allSettled(this.#logs.values());
    const closing = logs.map(async (log) => (log.status === "fulfilled" ? log.value.close() : undefined));
    const closed = await Promise.allSettled([...closing, ...this.#leaving.values()]);
    this.#logs.clear();
    await this.#readers.close();
    const lock = await this.#starting?.catch(() => undefined);
    lock?.[Symbol.dispose]();
    const failure = closed.find((result) => result.status === "rejected");
    if (failure !== undefined) throw failure.reason;
  }
}

function lockDirectory(dir: string): DirectoryLock {
  try {
    return new DirectoryLock(dir);
  } catch (error) {
    throw error instanceof DirectoryLockedError ? new LogLockedError(dir, error) : error;
  }
}
