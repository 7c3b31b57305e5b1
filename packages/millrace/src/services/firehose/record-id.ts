import { createHash } from "node:crypto";
import type { Offset } from "../../kernels/log/index.ts";

const prefixChars = 43;

/** The part of the ids of a stream's records that is the same for all of them. */
export function recordIdPrefix(streamId: string): string {
  // AWS's ids are long and tell nothing; clients have columns for them that are made for it.
  return createHash("sha256").update(`record ids of ${streamId}`).digest("base64url").slice(0, prefixChars);
}

/** Unique: an offset is given once. */
export function recordId(prefix: string, offset: Offset): string {
  return `${prefix}${offset.toString(36).padStart(11, "0")}`;
}
