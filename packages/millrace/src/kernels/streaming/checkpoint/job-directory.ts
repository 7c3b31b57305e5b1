import { createHash } from "node:crypto";
import { join } from "node:path";
import type { IntegerMode } from "../../../sql/flink/functions/scalar-function.ts";
import type { JobSnapshot } from "../engine-port.ts";
import { decodeChecked, encodeChecked } from "./checked-json.ts";
import type { JobFiles } from "./job-files.ts";
import { type Manifest, stateBytesOf, uidsOf } from "./manifest.ts";
import { RunStore } from "./run-store.ts";

/** What is known of a job, whether or not it runs. */
export interface JobRecord {
  readonly version: 1;
  readonly key: string;
  /** Counts the starts; resuming after a crash is the same run. */
  readonly run: number;
  /** `running`: it is to be resumed. The others are how the run has ended, told again to whoever resumes it. */
  readonly phase: "running" | "finished" | "failed" | "stopped";
  /** Why it has failed. */
  readonly failure: string | undefined;
  /** Nothing is left in its sinks that was prepared and not committed, or staged and not prepared. */
  readonly isSettled: boolean;
  readonly mode: IntegerMode;
  /** When the job began for the first time, before all of its snapshots. */
  readonly startedMs: number;
  /** SHA-256 of the program's text. */
  readonly program: string;
}

interface SnapshotRecord {
  readonly version: 1;
  readonly name: string;
  readonly manifest: Manifest;
}

const recordName = "job.json";
const snapshotRecordName = "snapshot.json";

/**
 * What one job keeps on disk:
 *
 *     job.json             the record
 *     run-<n>/             checkpoints and journal of the run
 *     snapshots/<hash>/    a checkpoint with a name
 */
export class JobDirectory {
  readonly id: string;
  readonly #files: JobFiles;
  readonly #path: string;

  /** @param key names the job for ever */
  constructor(files: JobFiles, root: string, key: string) {
    this.#files = files;
    this.id = hashOf(key);
    this.#path = join(root, this.id);
  }

  /** @throws when the record is there and damaged */
  async read(): Promise<JobRecord | undefined> {
    const path = join(this.#path, recordName);
    const data = await this.#files.read(path);
    return data === undefined ? undefined : decodeChecked<JobRecord>(data, path);
  }

  async write(record: JobRecord): Promise<void> {
    await this.#files.makeDirectory(this.#path);
    await this.#replace(this.#path, recordName, encodeChecked(record));
  }

  run(run: number): RunStore {
    return new RunStore(this.#files, join(this.#path, `run-${run}`));
  }

  /**
   * An empty directory for a run, or one that goes on from a snapshot: its manifest becomes checkpoint 0, with
   * second names of its files, so that the snapshot may be deleted.
   */
  async createRun(run: number, from: string | undefined): Promise<RunStore> {
    const store = this.run(run);
    // A start that did not come to its end may have left something.
    await this.#files.removeTree(store.directory);
    await this.#files.makeDirectory(store.directory);
    await this.#files.syncDirectory(this.#path);
    if (from === undefined) return store;
    const { manifest } = await this.#snapshot(from);
    const states: Manifest["states"][number][] = [];
    for (const [subtask, state] of manifest.states.entries()) {
      const name = store.stateName(0, subtask);
      await this.#files.link(join(this.#snapshotPath(from), state.name), store.pathOf(name));
      states.push({ ...state, name });
    }
    await store.writeManifest({ ...manifest, checkpoint: 0, states });
    return store;
  }

  async removeRunsBefore(run: number): Promise<void> {
    for (const name of await this.#files.names(this.#path)) {
      const match = /^run-(\d+)$/.exec(name);
      if (match !== null && Number(match[1]) < run) await this.#files.removeTree(join(this.#path, name));
    }
  }

  /** @throws when there is one of the name */
  async saveSnapshot(name: string, manifest: Manifest, store: RunStore): Promise<JobSnapshot> {
    const path = this.#snapshotPath(name);
    const part = `${path}.part`;
    if ((await this.#files.read(join(path, snapshotRecordName))) !== undefined) {
      throw new Error(`There is a snapshot ${name} already.`);
    }
    await this.#files.removeTree(part);
    await this.#files.makeDirectory(part);
    for (const state of manifest.states) {
      await this.#files.link(store.pathOf(state.name), join(part, state.name));
    }
    const record: SnapshotRecord = { version: 1, name, manifest };
    await this.#files.write(join(part, snapshotRecordName), [encodeChecked(record)]);
    await this.#files.syncDirectory(part);
    await this.#files.rename(part, path);
    await this.#files.syncDirectory(this.#snapshotsPath());
    await this.#files.syncDirectory(this.#path);
    return describe(record);
  }

  async snapshots(): Promise<readonly JobSnapshot[]> {
    const snapshots: JobSnapshot[] = [];
    for (const name of await this.#files.names(this.#snapshotsPath())) {
      const path = join(this.#snapshotsPath(), name, snapshotRecordName);
      const data = name.endsWith(".part") ? undefined : await this.#files.read(path);
      if (data !== undefined) snapshots.push(describe(decodeChecked<SnapshotRecord>(data, path)));
    }
    return snapshots.sort((a, b) => a.createdMs - b.createdMs);
  }

  /** Undefined when there is none of the name. */
  async manifestOf(snapshot: string): Promise<Manifest | undefined> {
    const path = join(this.#snapshotPath(snapshot), snapshotRecordName);
    const data = await this.#files.read(path);
    return data === undefined ? undefined : decodeChecked<SnapshotRecord>(data, path).manifest;
  }

  async deleteSnapshot(name: string): Promise<void> {
    const path = this.#snapshotPath(name);
    // The record goes first: without it there is no snapshot.
    await this.#files.remove(join(path, snapshotRecordName));
    await this.#files.removeTree(path);
  }

  async remove(): Promise<void> {
    await this.#files.remove(join(this.#path, recordName));
    await this.#files.removeTree(this.#path);
  }

  async #snapshot(name: string): Promise<SnapshotRecord> {
    const path = join(this.#snapshotPath(name), snapshotRecordName);
    const data = await this.#files.read(path);
    if (data === undefined) throw new Error(`There is no snapshot ${name}.`);
    return decodeChecked<SnapshotRecord>(data, path);
  }

  async #replace(directory: string, name: string, bytes: Uint8Array): Promise<void> {
    const path = join(directory, name);
    await this.#files.write(`${path}.part`, [bytes]);
    await this.#files.rename(`${path}.part`, path);
    await this.#files.syncDirectory(directory);
  }

  #snapshotsPath(): string {
    return join(this.#path, "snapshots");
  }

  #snapshotPath(name: string): string {
    return join(this.#snapshotsPath(), hashOf(name));
  }
}

function describe({ name, manifest }: SnapshotRecord): JobSnapshot {
  return { name, createdMs: manifest.createdMs, bytes: stateBytesOf(manifest), uids: uidsOf(manifest) };
}

/** Letters for a file's name. */
function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}
