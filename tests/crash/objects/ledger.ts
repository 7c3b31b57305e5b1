import { MasterKey } from "../../../packages/millrace/src/core/master-key.ts";
import { bytesFrom } from "../../../packages/millrace/src/kernels/objects/store-fixture.ts";

/** What the bytes follow from: of an object in parts, one after the other. */
export type Content = readonly { readonly seed: number; readonly bytes: number }[];

export type Line =
  | {
      readonly what: "begin" | "done";
      readonly bucket: string;
      readonly key: string;
      /** Null: removed. */
      readonly content: Content | null;
      readonly versionId?: string;
    }
  | {
      readonly what: "part";
      readonly id: string;
      readonly number: number;
      readonly seed: number;
      readonly bytes: number;
    };

/** Every process opens what the others sealed. */
export function testMaster(): MasterKey {
  return MasterKey.parse(Buffer.alloc(32, 3).toString("base64"));
}

export function bytesOfContent(content: Content): Buffer {
  return Buffer.concat(content.map(({ seed, bytes }) => quickBytes(seed, bytes)));
}

/** A prime, so that what moved by whole blocks does not look the same. */
const periodBytes = 4099;

/** Bytes that follow from their seed, made faster than a disk takes them. */
export function quickBytes(seed: number, bytes: number): Buffer {
  return Buffer.alloc(bytes, bytesFrom(seed, periodBytes));
}

interface KeyState {
  /** What was acknowledged last; null: nothing, or a removal. */
  readonly acknowledged: Content | null;
  /** What was begun after that; undefined: nothing. It may have come true or not. */
  readonly begun?: Content | null;
}

/** What writers were promised, and what they had begun when they died. */
export class Ledger {
  /** Of the bucket without versions, by key. */
  readonly current: Map<string, KeyState> = new Map();
  /** Of the bucket with versions: content by key and version id. */
  readonly versions: Map<string, Map<string, Content>> = new Map();
  /** Of uploads: content by part number. */
  readonly parts: Map<string, Map<number, Content>> = new Map();
  /** Contents that were begun in the bucket with versions: each may be there once. */
  readonly begunVersions: Set<string> = new Set();
  acknowledgements = 0;

  read(line: Line): void {
    if (line.what === "part") {
      const parts = this.parts.get(line.id) ?? new Map<number, Content>();
      this.parts.set(line.id, parts.set(line.number, [line]));
    } else if (line.bucket === "plain") this.#readCurrent(line.what, line.key, line.content);
    else if (line.what === "begin") this.begunVersions.add(JSON.stringify(line.content));
    else {
      const versions = this.versions.get(line.key) ?? new Map<string, Content>();
      this.versions.set(line.key, versions.set(line.versionId ?? "", line.content ?? []));
    }
    if (line.what !== "begin") this.acknowledgements += 1;
  }

  /** What the verifier saw is the truth from now on. */
  settle(key: string, seen: Content | null): void {
    this.current.set(key, { acknowledged: seen });
  }

  #readCurrent(what: "begin" | "done", key: string, content: Content | null): void {
    const before = this.current.get(key)?.acknowledged ?? null;
    this.current.set(
      key,
      what === "done" ? { acknowledged: content } : { acknowledged: before, begun: content },
    );
  }
}
