import type { JsonPathStep } from "./json-path.ts";
import { JsonScanner } from "./json-scanner.ts";
import { Shape, seen } from "./shape.ts";

/** What the documents in some bytes look like. */
export interface JsonDocuments {
  /** What was selected: each document, or what the path selects in it. */
  readonly shape: Shape;
  /** Values that were read to their end: documents, elements of an array at the top, or selected values. */
  readonly records: number;
  /** Documents that were read to their end. */
  readonly documents: number;
  /** Whether the first document is an array. */
  readonly startsWithArray: boolean;
  /** The bytes end within a value, or hold something that is no JSON at `at`, or neither. */
  readonly end: "complete" | "truncated" | "invalid";
  readonly at: number;
}

const openBrace = 0x7b;
const openBracket = 0x5b;

/**
 * Reads documents that follow each other with any white space between: one, JSON lines, pretty-printed ones,
 * or arrays of records. A document is an object or an array; other values are not taken for JSON.
 * Without a path, the elements of arrays at the top are the records.
 */
export function scanJsonDocuments(bytes: Buffer, path?: readonly JsonPathStep[]): JsonDocuments {
  const scanner = new JsonScanner(bytes);
  const shape = new Shape();
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) scanner.at = 3;
  let documents = 0;
  let startsWithArray = false;
  const result = (end: JsonDocuments["end"]): JsonDocuments => ({
    shape,
    records: scanner.records,
    documents,
    startsWithArray,
    end,
    at: scanner.at,
  });
  while (scanner.skipSpace()) {
    const byte = bytes[scanner.at];
    if (byte !== openBrace && byte !== openBracket) return result("invalid");
    if (documents === 0) startsWithArray = byte === openBracket;
    let end: ReturnType<JsonScanner["value"]>;
    if (path === undefined && byte === openBracket) {
      shape.kinds |= seen.array;
      end = scanner.arrayOfRecords(shape.element());
    } else {
      end = scanner.value(shape, path ?? [], 0);
    }
    if (end !== "value") return result(end);
    documents += 1;
  }
  return result("complete");
}
