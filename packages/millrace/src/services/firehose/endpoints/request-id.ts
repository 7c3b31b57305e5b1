import { createHash } from "node:crypto";
import type { BatchIdentity } from "../../../kernels/delivery/index.ts";

/** A UUID that stays the same when a batch is sent again, also after a restart: receivers can tell repetitions. */
export function requestIdOf({ scope, partition, firstOffset }: BatchIdentity): string {
  const hash = createHash("sha256")
    .update(JSON.stringify([scope, partition.id, firstOffset]))
    .digest();
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x40;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const hex = hash.toString("hex", 0, 16);
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)];
  return parts.join("-");
}
