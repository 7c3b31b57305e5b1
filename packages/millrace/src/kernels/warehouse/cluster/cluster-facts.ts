import { readdirSync, statfsSync, statSync } from "node:fs";
import { join } from "node:path";
import { slicesOf } from "../slices/node-types.ts";
import type { SystemCluster } from "../system/system-view.ts";
import type { ClusterDocument } from "./cluster-documents.ts";

/** What system tables say of a cluster. */
export class ClusterFacts implements SystemCluster {
  readonly #document: () => ClusterDocument;
  readonly #directory: string;
  readonly startedAtMs: number;

  constructor(document: () => ClusterDocument, directory: string, startedAtMs: number) {
    this.#document = document;
    this.#directory = directory;
    this.startedAtMs = startedAtMs;
  }

  get identifier(): string {
    return this.#document().key.identifier;
  }

  get account(): string {
    return this.#document().key.account;
  }

  get region(): string {
    return this.#document().key.region;
  }

  get nodeType(): string {
    return this.#document().shape.nodeType;
  }

  get nodes(): number {
    return this.#document().shape.nodes;
  }

  get slices(): number {
    return slicesOf(this.#document().shape);
  }

  disk(): { readonly totalBytes: number; readonly freeBytes: number } {
    const { bsize, blocks, bavail } = statfsSync(this.#directory);
    return { totalBytes: bsize * blocks, freeBytes: bsize * bavail };
  }

  usedBytes(): number {
    return directoryBytes(this.#directory);
  }
}

/** Of the files in a folder that may not be there. */
export function directoryBytes(directory: string): number {
  let bytes = 0;
  for (const name of namesIn(directory)) {
    const stats = statSync(join(directory, name), { throwIfNoEntry: false });
    if (stats?.isFile() === true) bytes += stats.size;
  }
  return bytes;
}

function namesIn(directory: string): readonly string[] {
  return statSync(directory, { throwIfNoEntry: false }) === undefined ? [] : readdirSync(directory);
}
