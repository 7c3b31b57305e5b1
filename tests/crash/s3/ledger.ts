import { createHash } from "node:crypto";

/** What a key has: the digest of its bytes and the ETag that was answered; null when there is nothing. */
export type Held = { readonly digest: string; readonly etag?: string | undefined } | null;

export interface KeyState {
  /** What was acknowledged last. */
  readonly acknowledged: Held;
  /** What was begun after that, which may have come true or not; undefined when nothing was. */
  readonly begun?: Held;
}

export function digestOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Bytes that follow from their seed. */
export function contentOf(seed: number, bytes: number): Buffer {
  return Buffer.alloc(bytes, createHash("sha512").update(`${seed}`).digest());
}

/** What clients were promised, and what they had begun when Millrace died. */
export class Ledger {
  /** Of the bucket without versions, by key. */
  readonly current: Map<string, KeyState> = new Map();
  /** Of the bucket with versions, by version id. */
  readonly versions: Map<string, { readonly key: string; readonly digest: string }> = new Map();
  readonly markers: Set<string> = new Set();
  /** Digests of versions whose writing was begun. */
  readonly begunVersions: Set<string> = new Set();
  /** Versions whose removal was begun, and those for which it was acknowledged. */
  readonly begunRemovals: Set<string> = new Set();
  readonly removed: Set<string> = new Set();
  /** ETags of acknowledged parts by their number, by upload id. */
  readonly parts: Map<string, Map<number, string>> = new Map();
  /** Uploads whose end was begun: they may be gone. */
  readonly endedUploads: Set<string> = new Set();
  acknowledgements = 0;

  begin(key: string, held: Held): void {
    this.current.set(key, { acknowledged: this.current.get(key)?.acknowledged ?? null, begun: held });
  }

  acknowledge(key: string, held: Held): void {
    this.current.set(key, { acknowledged: held });
    this.acknowledgements += 1;
  }

  acknowledgePart(uploadId: string, number: number, etag: string): void {
    const parts = this.parts.get(uploadId) ?? new Map<number, string>();
    this.parts.set(uploadId, parts.set(number, etag));
    this.acknowledgements += 1;
  }
}
