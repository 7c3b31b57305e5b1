import { avroBlocks } from "../../../../formats/avro-rows/avro-blocks.ts";
import { type AvroBytes, AvroError } from "../../../../formats/avro-rows/avro-bytes.ts";
import type { AvroSchema } from "../../../../formats/avro-rows/avro-schema.ts";
import {
  JsonNumber,
  JsonObject,
  type JsonValue,
  jsonText,
} from "../../../../sql/redshift/functions/scripts/json-value.ts";
import { LoadFailure, loadCodes } from "../load-failure.ts";
import type { RowSink } from "./row-sink.ts";

/** Values within each other. */
const maxDepth = 200;
/** Of an array or a map. */
const maxItems = 1_000_000;

/**
 * Reads the records of an Avro file; the number of a record stands for its line. @returns records
 * @throws LoadFailure where the file is damaged
 */
export async function readDocuments(
  bytes: AsyncIterable<Uint8Array>,
  sink: RowSink,
  step: () => Promise<void>,
): Promise<number> {
  let count = 0;
  try {
    for await (const block of avroBlocks(bytes)) {
      for (let record = 0; record < block.records; record++) {
        const value = readValue(block.schema, block.bytes, 0);
        count++;
        sink.document({ line: count, raw: jsonText(value).slice(0, 1_024) }, value);
      }
      await step();
    }
  } catch (error) {
    if (error instanceof AvroError)
      throw new LoadFailure(loadCodes.line, `Invalid AVRO file: ${error.message}`);
    throw error;
  }
  return count;
}

function readValue(schema: AvroSchema, bytes: AvroBytes, depth: number): JsonValue {
  if (depth > maxDepth) throw new AvroError("values are nested too deeply");
  switch (schema.kind) {
    case "null":
      return null;
    case "boolean":
      return bytes.boolean();
    case "int":
    case "long":
      return new JsonNumber(String(bytes.long()));
    case "float":
      return floatValue(bytes.float(), true);
    case "double":
      return floatValue(bytes.double(), false);
    case "string":
      return bytes.bytes().toString("utf8");
    case "bytes":
      return bytes.bytes().toString("hex");
    case "fixed":
      return bytes.fixed(schema.size).toString("hex");
    case "enum":
      return schema.symbols[bytes.size()] ?? wrong("an enum has no such symbol");
    case "array":
      return readItems(bytes, () => readValue(schema.items, bytes, depth + 1));
    case "map":
      return new JsonObject(
        readItems(
          bytes,
          () => [bytes.bytes().toString("utf8"), readValue(schema.values, bytes, depth + 1)] as const,
        ),
      );
    case "union":
      return readValue(
        schema.branches[bytes.size()] ?? wrong("a union has no such branch"),
        bytes,
        depth + 1,
      );
    case "record":
      return new JsonObject(
        schema.fields.map(({ name, type }) => [name, readValue(type, bytes, depth + 1)] as const),
      );
  }
}

/** Numbers that JSON has no form for come as texts. */
function floatValue(value: number, single: boolean): JsonValue {
  if (!Number.isFinite(value)) return String(value);
  if (!single) return new JsonNumber(String(value));
  // The shortest decimal that is the same number in 32 bits.
  for (let digits = 6; digits < 9; digits++) {
    const text = value.toPrecision(digits);
    if (Math.fround(Number(text)) === value) return new JsonNumber(String(Number(text)));
  }
  return new JsonNumber(String(Number(value.toPrecision(9))));
}

/** Blocks of items, each with its count; a negative one is followed by the block's size. */
function readItems<T>(bytes: AvroBytes, read: () => T): T[] {
  const items: T[] = [];
  for (let count = bytes.size(); count !== 0; count = bytes.size()) {
    if (count < 0) bytes.size();
    if (items.length + Math.abs(count) > maxItems) throw new AvroError("an array has too many items");
    for (let index = 0; index < Math.abs(count); index++) items.push(read());
  }
  return items;
}

function wrong(problem: string): never {
  throw new AvroError(problem);
}
