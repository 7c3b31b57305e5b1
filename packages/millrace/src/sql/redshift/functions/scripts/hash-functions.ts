import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { SqlError } from "../../../sql-error.ts";
import { type EngineFunction, engineFunction } from "./engine-function.ts";

const prime = 0x100000001b3n;

/** FNV-1a of 64 bits over the bytes, from a seed. */
function fnv1a(bytes: Uint8Array, seed: bigint): bigint {
  let hash = BigInt.asUintN(64, seed);
  for (const byte of bytes) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * prime);
  return BigInt.asIntN(64, hash);
}

function littleEndian(value: bigint, width: number): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(value);
  return bytes.subarray(0, width);
}

function sha2(text: string, bits: number): string {
  const name = { 0: "sha256", 224: "sha224", 256: "sha256", 384: "sha384", 512: "sha512" }[bits as 0];
  return name === undefined ? "" : createHash(name).update(text).digest("hex");
}

function rotate(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

function mixed(block: number): number {
  return Math.imul(rotate(Math.imul(block, 0xcc9e2d51), 15), 0x1b873593);
}

/** MurmurHash3, 32 bits, x86 variant. */
function murmur3(bytes: Uint8Array, seed: number): number {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let hash = seed;
  const end = view.length - (view.length % 4);
  for (let at = 0; at < end; at += 4) {
    hash = (Math.imul(rotate(hash ^ mixed(view.readInt32LE(at)), 13), 5) + 0xe6546b64) | 0;
  }
  let tail = 0;
  for (let at = view.length - 1; at >= end; at--) tail = (tail << 8) | (view[at] ?? 0);
  if (end < view.length) hash ^= mixed(tail);
  hash ^= view.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

function fromHex(text: string): Uint8Array {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/i.test(text)) {
    throw new SqlError("22023", `invalid hexadecimal text: "${text}"`);
  }
  return Buffer.from(text, "hex");
}

export const hashFunctions: readonly EngineFunction[] = Object.freeze([
  engineFunction("fnv_text", ["VARCHAR", "BIGINT"], "BIGINT", (text: string, seed: bigint) =>
    fnv1a(Buffer.from(text), seed),
  ),
  engineFunction("fnv_bytes", ["BLOB", "BIGINT"], "BIGINT", fnv1a),
  engineFunction(
    "fnv_integer",
    ["BIGINT", "INTEGER", "BIGINT"],
    "BIGINT",
    (value: bigint, width: number, seed: bigint) => fnv1a(littleEndian(value, width), seed),
  ),
  engineFunction("crc32", ["VARCHAR"], "BIGINT", (text: string) => BigInt(crc32(text))),
  engineFunction("sha2", ["VARCHAR", "INTEGER"], "VARCHAR", sha2),
  engineFunction("murmur3", ["BLOB", "INTEGER"], "INTEGER", murmur3),
  engineFunction("from_hex", ["VARCHAR"], "BLOB", fromHex),
]);
