import { Readable } from "node:stream";

/**
 * A value in a form in which equal things are equal: bytes as hex whatever holds them, streams as their
 * bytes, objects without prototypes, without members that are undefined or null.
 */
export async function comparable(value: unknown): Promise<unknown> {
  if (value === null || typeof value !== "object") return value;
  if (value instanceof Readable) return bytesText(await readAll(value));
  if (value instanceof Uint8Array) return bytesText(value);
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return Promise.all(value.map(comparable));
  const entries = await Promise.all(
    Object.entries(value)
      .filter(([, item]) => item !== undefined && item !== null)
      .map(async ([key, item]): Promise<[string, unknown]> => [key, await comparable(item)]),
  );
  return Object.fromEntries(entries);
}

function bytesText(bytes: Uint8Array): string {
  return `bytes:${Buffer.from(bytes).toString("hex")}`;
}

async function readAll(stream: Readable): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of stream) parts.push(part as Uint8Array);
  return Buffer.concat(parts);
}
