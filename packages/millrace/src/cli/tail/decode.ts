import { promisify } from "node:util";
import { gunzip, zstdDecompress } from "node:zlib";
import { avroTexts, userRecords } from "../../server/record-tools.ts";

/** How the data of a record was read; the outermost first: `gzip, json`. */
export type Encoding = "kpl" | "gzip" | "zstd" | "avro" | "json" | "text" | "hex";

/** What is shown of one record, or of one that was inside of it. */
export interface Decoded {
  /** Of a record that a producer aggregated: its own key. */
  readonly partitionKey: string | undefined;
  readonly encodings: readonly Encoding[];
  /** One line: JSON as it came, without its line breaks; text with control characters escaped; or hexadecimal. */
  readonly text: string;
  /** The bytes, as they were before anything was taken off them but aggregation. */
  readonly data: Uint8Array;
}

const unzip = promisify(gunzip);
const unzstd = promisify(zstdDecompress);
/** Compressed data within compressed data, deeper than this, is shown in hexadecimal. */
const maxLayers = 4;
/** A record may be 10 MiB; what it holds is shown up to this. */
const maxInflatedBytes = 64 * 1024 * 1024;
const maxHexBytes = 1024;

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** What a record holds: usually one, more for those that a producer or a format has put together. */
export async function decodeRecord(data: Uint8Array): Promise<readonly Decoded[]> {
  const inner = userRecords(data);
  if (inner === undefined) return decodeData(data, undefined, []);
  const decoded: Decoded[] = [];
  for (const { partitionKey, start, end } of inner)
    decoded.push(...(await decodeData(data.subarray(start, end), partitionKey, ["kpl"])));
  return decoded;
}

async function decodeData(
  data: Uint8Array,
  partitionKey: string | undefined,
  outer: readonly Encoding[],
): Promise<readonly Decoded[]> {
  const { bytes, encodings } = await inflated(data, outer);
  if (isAvro(bytes)) {
    try {
      const rows = await avroTexts(bytes);
      return rows.map((text) => ({ partitionKey, encodings: [...encodings, "avro"], text, data }));
    } catch {
      // Begins like Avro and is none: shown as the bytes it is.
    }
  }
  return [{ partitionKey, ...textOf(bytes, encodings), data }];
}

/** Takes off compression, as long as it really is some. */
async function inflated(
  data: Uint8Array,
  outer: readonly Encoding[],
): Promise<{ readonly bytes: Uint8Array; readonly encodings: readonly Encoding[] }> {
  let bytes = data;
  let encodings = outer;
  for (let layer = 0; layer < maxLayers; layer++) {
    const encoding = compressionOf(bytes);
    if (encoding === undefined) break;
    try {
      const inflate = encoding === "gzip" ? unzip : unzstd;
      bytes = await inflate(bytes, { maxOutputLength: maxInflatedBytes });
      encodings = [...encodings, encoding];
    } catch {
      break;
    }
  }
  return { bytes, encodings };
}

function compressionOf(bytes: Uint8Array): "gzip" | "zstd" | undefined {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return "gzip";
  return bytes[0] === 0x28 && bytes[1] === 0xb5 && bytes[2] === 0x2f && bytes[3] === 0xfd
    ? "zstd"
    : undefined;
}

function isAvro(bytes: Uint8Array): boolean {
  return bytes[0] === 0x4f && bytes[1] === 0x62 && bytes[2] === 0x6a && bytes[3] === 1;
}

function textOf(bytes: Uint8Array, encodings: readonly Encoding[]): Pick<Decoded, "encodings" | "text"> {
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    return { encodings: [...encodings, "hex"], text: hexOf(bytes) };
  }
  const trimmed = text.trim();
  if (isJson(trimmed)) return { encodings: [...encodings, "json"], text: oneLine(trimmed) };
  if (looksBinary(text)) return { encodings: [...encodings, "hex"], text: hexOf(bytes) };
  return { encodings: [...encodings, "text"], text: escaped(text.replace(/\r?\n$/, "")) };
}

function isJson(text: string): boolean {
  if (!/^[[{"\d\-tfn]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** In JSON a line break stands between values only: within texts it is escaped. */
function oneLine(json: string): string {
  return /[\r\n]/.test(json) ? json.replace(/\s*[\r\n]\s*/g, " ") : json;
}

/** Control characters other than tabs and line breaks are in no text that somebody wrote. */
function looksBinary(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
  return /[\u0000-\u0008\u000b\u000c\u000e-\u001a\u001c-\u001f\ufffd]/.test(text);
}

/** A terminal must not obey what a record says. */
function escaped(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is escaped.
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, (sign) =>
    sign === "\n"
      ? "\\n"
      : sign === "\t"
        ? "\\t"
        : sign === "\r"
          ? "\\r"
          : `\\x${sign.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
}

function hexOf(bytes: Uint8Array): string {
  const shown = Buffer.from(bytes.subarray(0, maxHexBytes)).toString("hex");
  return `0x${shown}${bytes.length > maxHexBytes ? `... (${bytes.length} bytes)` : ""}`;
}
