import { crc32 } from "node:zlib";
import { CheckpointDamagedError } from "./state-file.ts";

/*
 * A checked file is a line with the CRC-32 of the rest in eight hexadecimal digits, then JSON in one line with a
 * member `version`, which is 1.
 */

export function encodeChecked(value: { readonly version: 1 }): Buffer {
  const body = JSON.stringify(value);
  return Buffer.from(`${crc32(body).toString(16).padStart(8, "0")}\n${body}\n`);
}

/** @throws CheckpointDamagedError */
export function decodeChecked<T extends { readonly version: 1 }>(data: Uint8Array, path: string): T {
  const text = Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("utf8");
  const body = text.slice(9, -1);
  if (text[8] !== "\n" || text.at(-1) !== "\n" || Number.parseInt(text.slice(0, 8), 16) !== crc32(body)) {
    throw new CheckpointDamagedError(`The file ${path} is damaged.`);
  }
  const value = JSON.parse(body) as { readonly version: number };
  if (value.version !== 1) {
    throw new CheckpointDamagedError(`The file ${path} has version ${value.version}, which is not known.`);
  }
  return value as T;
}
