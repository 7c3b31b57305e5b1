import { createReadStream } from "node:fs";
import { avroBlocks } from "../../../formats/avro-rows/avro-blocks.ts";
import { AvroError } from "../../../formats/avro-rows/avro-bytes.ts";
import { avroJson, recordJson } from "./avro-values.ts";
import { scanError } from "./external-errors.ts";
import { maxLineBytes } from "./line-files.ts";
import { lineSelects } from "./line-scan.ts";
import { mapInParallel, type OpenedFiles } from "./opened-files.ts";
import { fileUrl } from "./parquet-files.ts";
import type { FormatScan, PreparedScan } from "./parquet-scan.ts";
import type { ScanFile } from "./scan-parts.ts";
import type { JsonFormat } from "./storage-format.ts";

/** Text that is gathered before it is written. */
const pieceCharacters = 256 * 1024;

const documents: JsonFormat & { readonly skippedLines: number } = Object.freeze({
  kind: "json",
  caseInsensitive: false,
  ignoreMalformed: false,
  keys: new Map<string, string>(),
  skippedLines: 0,
});

/** The engine reads no Avro: its records are written as documents, a line each, and those are read. */
export async function avroScan(scan: FormatScan, opened: OpenedFiles): Promise<PreparedScan> {
  const files = await mapInParallel(scan.files, scan.signal, async (file) => {
    const documents = new AvroDocuments(file, scan);
    const path = await opened.write(documents.text(), file);
    return { ...file, path, lines: documents.records, longestBytes: documents.longestBytes };
  });
  return lineSelects(scan, documents, files);
}

class AvroDocuments {
  readonly #file: ScanFile;
  readonly #scan: FormatScan;
  records = 0;
  longestBytes = 0;

  constructor(file: ScanFile, scan: FormatScan) {
    this.#file = file;
    this.#scan = scan;
  }

  async *text(): AsyncGenerator<Buffer, void, void> {
    const { signal, region, columns } = this.#scan;
    const wanted = columns.map(({ name, hive }) => ({ name, type: hive }));
    try {
      let piece = "";
      for await (const { schema, records, bytes } of avroBlocks(
        createReadStream(this.#file.path, { signal }),
      )) {
        for (let record = 0; record < records; record++) {
          const line =
            schema.kind === "record"
              ? recordJson(schema, bytes, wanted, 0)
              : `{"value":${avroJson(schema, bytes, undefined)}}`;
          this.#count(line);
          piece += `${line}\n`;
          if (piece.length < pieceCharacters) continue;
          yield Buffer.from(piece);
          piece = "";
        }
      }
      yield Buffer.from(piece);
    } catch (error) {
      if (!(error instanceof AvroError)) throw error;
      throw scanError(`File '${fileUrl(this.#file, region)}' is not readable Avro: ${error.message}`, {
        cause: error,
      });
    }
  }

  #count(line: string): void {
    this.records += 1;
    // A character takes three bytes at most.
    if (line.length * 3 <= this.longestBytes) return;
    this.longestBytes = Math.max(this.longestBytes, Buffer.byteLength(line));
    if (this.longestBytes > maxLineBytes) throw new AvroError(`a record has more than ${maxLineBytes} bytes`);
  }
}
