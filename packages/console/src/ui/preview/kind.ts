import { jsonRecords } from "./json-records.ts";

/** How a file is shown. */
export type PreviewKind =
  | "parquet"
  | "csv"
  | "tsv"
  | "json"
  | "json-lines"
  | "text"
  | "image"
  | "hex"
  | "empty";

const imageMarks: readonly (readonly [string, string])[] = [
  ["89504e470d0a1a0a", "image/png"],
  ["ffd8ff", "image/jpeg"],
  ["47494638", "image/gif"],
  ["424d", "image/bmp"],
];

const kindsByExtension: Readonly<Record<string, PreviewKind>> = {
  csv: "csv",
  tsv: "tsv",
  tab: "tsv",
  json: "json",
  geojson: "json",
  jsonl: "json-lines",
  ndjson: "json-lines",
  txt: "text",
  md: "text",
  log: "text",
  sql: "text",
  xml: "text",
  yaml: "text",
  yml: "text",
};

const kindsByType: readonly (readonly [RegExp, PreviewKind])[] = [
  [/^text\/csv\b/, "csv"],
  [/^text\/tab-separated-values\b/, "tsv"],
  [/^application\/(x-ndjson|jsonl|jsonlines)\b/, "json-lines"],
  [/\bjson\b/, "json"],
];

export function isGzip(head: Uint8Array): boolean {
  return startsWith(head, "1f8b08");
}

/** What a file is, by its beginning (decompressed) and then by its name and type. */
export function kindOf(head: Uint8Array, name: string, contentType: string | undefined): PreviewKind {
  if (head.length === 0) return "empty";
  if (startsWith(head, "50415231")) return "parquet";
  if (imageType(head) !== undefined) return "image";
  const text = textOf(head);
  if (text === undefined) return "hex";
  const stem = name.toLowerCase().replace(/\.gz(ip)?$/, "");
  const extension = /\.([a-z0-9]+)$/.exec(stem)?.[1] ?? "";
  const typed = kindsByType.find(([pattern]) => contentType !== undefined && pattern.test(contentType))?.[1];
  const known = kindsByExtension[extension] ?? typed;
  if (known === undefined || known === "json" || known === "json-lines")
    return jsonKind(text) ?? known ?? "text";
  return known;
}

/** The type of an image that browsers show; undefined for everything else. SVG is text. */
export function imageType(head: Uint8Array): string | undefined {
  if (startsWith(head, "52494646") && startsWith(head.subarray(8), "57454250")) return "image/webp";
  return imageMarks.find(([mark]) => startsWith(head, mark))?.[1];
}

/** The text, of which the last character may be cut; undefined for bytes that are not UTF-8 text. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these do not occur in text.
    return /[\0-\x08\x0e-\x1a\x1c-\x1f]/.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}

/** One value is a document; several one behind the other are JSON lines. */
function jsonKind(text: string): PreviewKind | undefined {
  const start = text.trimStart();
  if (start.startsWith("[")) return "json";
  if (!start.startsWith("{")) return undefined;
  const { records, broken, restCharacters } = jsonRecords(start, 2);
  if (records.length === 0) return /^\{\s*("|\}|$)/.test(start) ? "json" : undefined;
  if (broken === records.length) return undefined;
  return records.length > 1 || restCharacters > 0 ? "json-lines" : "json";
}

function startsWith(bytes: Uint8Array, hex: string): boolean {
  for (let i = 0; i < hex.length; i += 2)
    if (bytes[i / 2] !== Number.parseInt(hex.slice(i, i + 2), 16)) return false;
  return true;
}
