import type { AvroBytes } from "../../../formats/avro-rows/avro-bytes.ts";
import { AvroError } from "../../../formats/avro-rows/avro-bytes.ts";
import type { AvroSchema } from "../../../formats/avro-rows/avro-schema.ts";
import type { HiveType } from "../../../formats/schema/hive-type.ts";

/** Values within each other. */
const maxDepth = 200;
/** Of an array or a map. */
const maxItems = 1_000_000;
const msPerDay = 86_400_000n;

/** A value as JSON text. What dates and decimals are the table says, since Avro keeps them as numbers and bytes. */
export function avroJson(
  schema: AvroSchema,
  bytes: AvroBytes,
  wanted: HiveType | undefined,
  depth = 0,
): string {
  if (depth > maxDepth) throw new AvroError("values are nested too deeply");
  switch (schema.kind) {
    case "null":
      return "null";
    case "boolean":
      return String(bytes.boolean());
    case "int":
    case "long":
      return wholeJson(bytes.long(), schema.logical, wanted);
    case "float":
      return numberJson(Math.fround(bytes.float()), wanted);
    case "double":
      return numberJson(bytes.double(), wanted);
    case "string":
      return JSON.stringify(bytes.bytes().toString("utf8"));
    case "bytes":
      return bytesJson(bytes.bytes(), wanted);
    case "fixed":
      return bytesJson(bytes.fixed(schema.size), wanted);
    case "enum":
      return JSON.stringify(schema.symbols[bytes.size()] ?? wrong("an enum has no such symbol"));
    case "union":
      return avroJson(
        schema.branches[bytes.size()] ?? wrong("a union has no such branch"),
        bytes,
        wanted,
        depth + 1,
      );
    case "array": {
      const element = wanted?.kind === "array" ? wanted.element : undefined;
      return `[${items(bytes, () => avroJson(schema.items, bytes, element, depth + 1)).join(",")}]`;
    }
    case "map": {
      const value = wanted?.kind === "map" ? wanted.value : undefined;
      const entry = () =>
        `${JSON.stringify(bytes.bytes().toString("utf8"))}:${avroJson(schema.values, bytes, value, depth + 1)}`;
      return `{${items(bytes, entry).join(",")}}`;
    }
    case "record":
      return recordJson(schema, bytes, wanted?.kind === "struct" ? wanted.fields : [], depth);
  }
}

/** Names are made lower case, as those of the table are. */
export function recordJson(
  schema: Extract<AvroSchema, { kind: "record" }>,
  bytes: AvroBytes,
  wanted: readonly { readonly name: string; readonly type: HiveType }[],
  depth: number,
): string {
  const fields = schema.fields.map(({ name, type }) => {
    const own = wanted.find((field) => field.name.toLowerCase() === name.toLowerCase());
    return `${JSON.stringify(name.toLowerCase())}:${avroJson(type, bytes, own?.type, depth + 1)}`;
  });
  return `{${fields.join(",")}}`;
}

function wholeJson(value: bigint, logical: string | undefined, wanted: HiveType | undefined): string {
  const name = wanted?.kind === "primitive" ? wanted.name : undefined;
  if (name === "date") return JSON.stringify(isoText(value * msPerDay).slice(0, 10));
  if (name !== "timestamp") return String(value);
  // Without a word about it, long values are milliseconds, as Hive writes them.
  if (logical?.endsWith("timestamp-micros") !== true) return JSON.stringify(isoText(value));
  const ms = floorDivide(value, 1_000n);
  return JSON.stringify(`${isoText(ms)}${String(value - ms * 1_000n).padStart(3, "0")}`);
}

/** @throws AvroError for what no calendar has */
function isoText(ms: bigint): string {
  const date = new Date(Number(ms));
  if (Number.isNaN(date.getTime())) return wrong(`there is no date ${ms}`);
  return date.toISOString().replace("T", " ").replace("Z", "");
}

function floorDivide(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value < 0n && quotient * by !== value ? quotient - 1n : quotient;
}

/** Numbers that JSON has no form for come as texts. */
function numberJson(value: number, wanted: HiveType | undefined): string {
  if (!Number.isFinite(value)) return JSON.stringify(String(value));
  const isFloat = wanted?.kind === "primitive" && wanted.name === "float";
  return isFloat ? String(Number(value.toPrecision(9))) : String(value);
}

/** A decimal is a whole number in two's complement, to be shifted by its scale. */
function bytesJson(bytes: Buffer, wanted: HiveType | undefined): string {
  if (wanted?.kind !== "decimal") return JSON.stringify(bytes.toString("latin1"));
  if (bytes.length === 0) return "null";
  const whole = BigInt.asIntN(bytes.length * 8, BigInt(`0x${bytes.toString("hex")}`));
  const digits = String(whole < 0n ? -whole : whole).padStart(wanted.scale + 1, "0");
  const at = digits.length - wanted.scale;
  const text = wanted.scale === 0 ? digits : `${digits.slice(0, at)}.${digits.slice(at)}`;
  return JSON.stringify(whole < 0n ? `-${text}` : text);
}

/** Blocks of items, each with its count; a negative one is followed by the block's size. */
function items(bytes: AvroBytes, read: () => string): string[] {
  const texts: string[] = [];
  for (let count = bytes.size(); count !== 0; count = bytes.size()) {
    if (count < 0) bytes.size();
    if (texts.length + Math.abs(count) > maxItems) throw new AvroError("an array has too many items");
    for (let index = 0; index < Math.abs(count); index++) texts.push(read());
  }
  return texts;
}

function wrong(problem: string): never {
  throw new AvroError(problem);
}
