import { deliveryLimitsFor } from "./limits.ts";

/** Options of a LogStore that holds delivery's logs. In memory nothing may be dropped before it is delivered. */
export function deliveryLogDefaults<D extends { readonly mode: string }>(
  durability: D,
): { durability: D; segmentMaxBytes: number; retention: { maxBytes?: number } } {
  const { maxBacklogBytes, maxAppendBytes, segmentMaxBytes } = deliveryLimitsFor(durability);
  const retention = durability.mode === "memory" ? { maxBytes: 2 * (maxBacklogBytes + maxAppendBytes) } : {};
  return { durability, segmentMaxBytes, retention };
}
