import { looksLikeAvro, readAvro } from "./avro.ts";
import type { Codecs } from "./codecs.ts";
import { hexLine, hexText } from "./hex.ts";

/** How data is to be read. */
export const formats = ["auto", "text", "hex"] as const;
export type Format = (typeof formats)[number];

/** What the data of a record is. */
export interface Payload {
  /** What was found on the way: `gzip`, `JSON`. */
  readonly steps: readonly string[];
  /** In full; JSON is not laid out. */
  readonly text: string;
  /** What was read out of JSON or Avro. */
  readonly value: unknown;
  /** Unpacked. */
  readonly bytes: Uint8Array;
}

/** Packed data may be packed again. */
const maxUnpackings = 3;
const maxShownHexBytes = 64;

/** Finds out what data is, and reads it. What cannot be read is shown as bytes. */
export function readPayload(data: Uint8Array, format: Format, codecs: Codecs): Payload {
  if (format === "hex") return asHex(data, []);
  const steps: string[] = [];
  let bytes = data;
  while (steps.length < maxUnpackings) {
    const unpacked = unpack(bytes, codecs);
    if (unpacked === undefined) break;
    steps.push(unpacked.name);
    bytes = unpacked.bytes;
  }
  if (format === "auto" && looksLikeAvro(bytes)) {
    const avro = asAvro(bytes, steps, codecs);
    if (avro !== undefined) return avro;
  }
  const text = textOf(bytes, format === "text", codecs);
  if (text === undefined) return asHex(bytes, steps);
  const value = format === "auto" ? jsonOf(text) : undefined;
  return value === undefined
    ? { steps: [...steps, "text"], text, value: undefined, bytes }
    : { steps: [...steps, value.name], text, value: value.value, bytes };
}

function unpack(
  bytes: Uint8Array,
  codecs: Codecs,
): { readonly name: string; readonly bytes: Uint8Array } | undefined {
  try {
    if (bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8)
      return { name: "gzip", bytes: codecs.gunzip(bytes) };
    if (bytes[0] === 0x28 && bytes[1] === 0xb5 && bytes[2] === 0x2f && bytes[3] === 0xfd)
      return { name: "zstd", bytes: codecs.zstd(bytes) };
  } catch {
    // It only looks packed.
  }
  return undefined;
}

function asAvro(bytes: Uint8Array, steps: readonly string[], codecs: Codecs): Payload | undefined {
  try {
    const { records, codec } = readAvro(bytes, codecs);
    const value = records.length === 1 ? records[0] : records;
    const name = codec === "null" ? "Avro" : `Avro (${codec})`;
    return { steps: [...steps, name], text: JSON.stringify(value, plainBytes), value, bytes };
  } catch {
    return undefined;
  }
}

function asHex(bytes: Uint8Array, steps: readonly string[]): Payload {
  return { steps: [...steps, "bytes"], text: hexLine(bytes, maxShownHexBytes), value: undefined, bytes };
}

function textOf(bytes: Uint8Array, isForced: boolean, codecs: Codecs): string | undefined {
  if (isForced) return new TextDecoder().decode(bytes);
  try {
    return hasControls(bytes) ? undefined : codecs.text(bytes);
  } catch {
    return undefined;
  }
}

/** Control characters other than tabs and line breaks: text has none. A loop, because tails ask for every record. */
function hasControls(bytes: Uint8Array): boolean {
  for (const byte of bytes)
    if (byte === 0x7f || (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d)) return true;
  return false;
}

/** JSON, or lines that are JSON each. A bare number or word is text. */
function jsonOf(text: string): { readonly name: string; readonly value: unknown } | undefined {
  const trimmed = text.trim();
  if (!/^[[{]/.test(trimmed)) return undefined;
  try {
    return { name: "JSON", value: JSON.parse(trimmed) };
  } catch {
    try {
      return { name: "JSON lines", value: trimmed.split("\n").map((line): unknown => JSON.parse(line)) };
    } catch {
      return undefined;
    }
  }
}

/** Bytes within Avro's values, as text that says so. */
export function plainBytes(_name: string, value: unknown): unknown {
  return value instanceof Uint8Array ? hexLine(value, maxShownHexBytes) : value;
}

/** Laid out for reading. */
export function prettyText({ value, text, steps, bytes }: Payload): string {
  if (value !== undefined) return JSON.stringify(value, plainBytes, 2);
  return steps.at(-1) === "bytes" ? hexText(bytes) : text;
}
