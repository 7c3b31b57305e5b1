import { join } from "node:path";
import { decodeChecked, encodeChecked } from "./checked-json.ts";
import type { JobFiles } from "./job-files.ts";
import type { Manifest } from "./manifest.ts";
import { CheckpointDamagedError, type NamedSnapshot, readStateFile, verifyStateFile } from "./state-file.ts";

/** How many checkpoints are kept: the newest, and one to fall back on. */
const keptCheckpoints = 2;
const manifestName = /^checkpoint-(\d+)\.json$/;
/** What belongs to a checkpoint, manifests first: what a manifest names is there. */
const checkpointNames = [/^checkpoint-(\d+)\.json(\.part)?$/, /^state-(\d+)-\d+\.bin$/] as const;

/** A manifest that is good, with the state it names. */
export interface FoundCheckpoint {
  readonly manifest: Manifest;
  /** Why newer ones were passed over. */
  readonly passedOver: readonly string[];
}

/** The checkpoints of one run in its directory. */
export class RunStore {
  readonly directory: string;
  readonly #files: JobFiles;

  constructor(files: JobFiles, directory: string) {
    this.#files = files;
    this.directory = directory;
  }

  stateName(checkpoint: number, subtask: number): string {
    return `state-${padded(checkpoint)}-${subtask}.bin`;
  }

  pathOf(name: string): string {
    return join(this.directory, name);
  }

  /** The state files are durable: from here on the checkpoint is what the run goes on from. */
  async writeManifest(manifest: Manifest): Promise<void> {
    const path = this.#manifestPath(manifest.checkpoint);
    await this.#files.write(`${path}.part`, [encodeChecked(manifest)]);
    await this.#files.rename(`${path}.part`, path);
    await this.#files.syncDirectory(this.directory);
  }

  /**
   * The newest checkpoint whose files are all as they were written; undefined when there never was one.
   * @throws CheckpointDamagedError when there are only damaged ones
   */
  async newest(): Promise<FoundCheckpoint | undefined> {
    const passedOver: string[] = [];
    for (const checkpoint of (await this.#checkpoints()).reverse()) {
      try {
        const manifest = await this.#readManifest(checkpoint);
        for (const state of manifest.states)
          await verifyStateFile(this.#files, this.pathOf(state.name), state);
        return { manifest, passedOver };
      } catch (error) {
        if (!(error instanceof CheckpointDamagedError)) throw error;
        passedOver.push(error.message);
      }
    }
    if (passedOver.length > 0) throw new CheckpointDamagedError(passedOver.join(" "));
    return undefined;
  }

  /** @throws CheckpointDamagedError */
  async readState(manifest: Manifest, subtask: number): Promise<readonly NamedSnapshot[]> {
    const state = manifest.states[subtask];
    if (state === undefined) return [];
    return await readStateFile(this.#files, this.pathOf(state.name), state);
  }

  /**
   * Removes all checkpoints but the newest ones, and what was left by ones that never came to be.
   * @returns the first round whose journal is still needed
   */
  async sweep(): Promise<number> {
    const kept = (await this.#checkpoints()).slice(-keptCheckpoints);
    const names = await this.#files.names(this.directory);
    for (const pattern of checkpointNames) {
      for (const name of names) {
        const match = pattern.exec(name);
        if (match !== null && !kept.includes(Number(match[1]))) await this.#files.remove(this.pathOf(name));
      }
    }
    const oldest = kept[0];
    if (oldest === undefined || kept.length < keptCheckpoints) return 0;
    try {
      return (await this.#readManifest(oldest)).round + 1;
    } catch (error) {
      if (error instanceof CheckpointDamagedError) return 0;
      throw error;
    }
  }

  async #checkpoints(): Promise<number[]> {
    const names = await this.#files.names(this.directory);
    return names
      .map((name) => manifestName.exec(name)?.[1])
      .filter((number) => number !== undefined)
      .map(Number)
      .sort((a, b) => a - b);
  }

  async #readManifest(checkpoint: number): Promise<Manifest> {
    const path = this.#manifestPath(checkpoint);
    const data = await this.#files.read(path);
    if (data === undefined) throw new CheckpointDamagedError(`The manifest ${path} is gone.`);
    return decodeChecked<Manifest>(data, path);
  }

  #manifestPath(checkpoint: number): string {
    return this.pathOf(`checkpoint-${padded(checkpoint)}.json`);
  }
}

function padded(checkpoint: number): string {
  return String(checkpoint).padStart(10, "0");
}
