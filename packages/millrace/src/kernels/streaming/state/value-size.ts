const headerBytes = 24;
const maxDepth = 64;

/** About what a value takes in memory beside the 8 bytes of the reference to it. */
export function sizeOfValue(value: unknown, depth: number = 0): number {
  if (typeof value === "string") return headerBytes + value.length;
  if (typeof value === "bigint") return headerBytes + 16;
  if (typeof value !== "object" || value === null || depth > maxDepth) return 0;
  if (value instanceof Uint8Array) return headerBytes * 4 + value.byteLength;
  let bytes = headerBytes * 2;
  if (Array.isArray(value)) {
    for (const element of value) bytes += 8 + sizeOfValue(element, depth + 1);
  } else if (value instanceof Map) {
    for (const [key, entry] of value)
      bytes += 40 + sizeOfValue(key, depth + 1) + sizeOfValue(entry, depth + 1);
  }
  return bytes;
}
