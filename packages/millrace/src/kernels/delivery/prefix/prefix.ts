import { createHash } from "node:crypto";
import type { PartitionKeys } from "../record.ts";
import type { Partition } from "../sink.ts";
import { DateTimePattern } from "./date-time-pattern.ts";
import type { PrefixName, PrefixPart } from "./expression.ts";
import { constraint } from "./prefix-error.ts";
import { TimeZone, type ZonedTime } from "./zoned-time.ts";

/** As AWS bounds an evaluated prefix. */
const maxPrefixCharacters = 512;
/** S3's 1,024 bytes of a key without the longest name of an object (stream, time, UUID, extension: 261) and type of error. */
const maxPrefixBytes = 720;
const randomStringLength = 11;
/** As Firehose says it in the error output. */
const emptyKey = "partitionKeys values must not be null or empty";
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
/** Where the length of a prefix is tried out. */
const sampleTimeMs: number = Date.UTC(2026, 8, 30, 20, 59, 59, 999);

export interface PrefixRules {
  readonly name: PrefixName;
  /** IANA's name; UTC when not given. */
  readonly timeZone?: string;
}

export interface PrefixInput {
  readonly timeMs: number;
  readonly keys?: PartitionKeys;
  readonly errorOutputType?: string;
  /** Decides what `!{firehose:random-string}` becomes. */
  readonly seed: string;
}

/** Why a record belongs to no partition. */
export interface PartitionProblem {
  readonly problem: string;
}

/** A prefix, ready to be evaluated: the same input always gives the same text. */
export class Prefix {
  readonly #parts: readonly PrefixPart[];
  readonly #zone: TimeZone;
  /** Of everything but the values of partition keys. */
  readonly #fixed: PrefixSize;
  /** Names in `!{partitionKeyFromQuery:...}`. */
  readonly queryKeys: readonly string[];
  /** Names in `!{partitionKeyFromLambda:...}`. */
  readonly lambdaKeys: readonly string[];

  constructor(parts: readonly PrefixPart[], zone: TimeZone) {
    this.#parts = parts;
    this.#zone = zone;
    this.queryKeys = keysFrom(parts, "query");
    this.lambdaKeys = keysFrom(parts, "lambda");
    this.#fixed = sizeOf(this.evaluate({ timeMs: sampleTimeMs, errorOutputType: "-", seed: "" }));
  }

  evaluate(input: PrefixInput): string {
    const time = this.#zone.at(input.timeMs);
    let evaluated = "";
    for (const [index, part] of this.#parts.entries()) evaluated += evaluatePart(part, index, time, input);
    return evaluated;
  }

  /** The partition that a record with these keys belongs to; only keys that the prefix names count. */
  partitionOf(keys: PartitionKeys | undefined): Partition | PartitionProblem {
    const query = pick(this.queryKeys, keys?.query);
    if (typeof query === "string") return { problem: emptyKey };
    const lambda = pick(this.lambdaKeys, keys?.lambda);
    if (typeof lambda === "string") return { problem: emptyKey };
    const values = [...Object.values(query), ...Object.values(lambda)];
    if (values.length === 0) return { id: "" };
    const partition: Partition = { id: JSON.stringify(values), keys: { query, lambda } };
    return this.isTooLong(partition.keys) ? { problem: tooLong("prefix") } : partition;
  }

  /** Whether what these keys make of it is longer than AWS takes. */
  isTooLong(keys: PartitionKeys = {}): boolean {
    let { characters, bytes } = this.#fixed;
    for (const part of this.#parts) {
      const value = part.kind === "key" ? (keys[part.source]?.[part.name] ?? "") : "";
      characters += value.length;
      bytes += Buffer.byteLength(value);
    }
    return characters > maxPrefixCharacters || bytes > maxPrefixBytes;
  }
}

/** @throws PrefixError when what the parts become at least is longer than AWS takes. */
export function checkedPrefix(parts: readonly PrefixPart[], rules: PrefixRules): Prefix {
  const prefix = new Prefix(parts, new TimeZone(rules.timeZone ?? ""));
  if (prefix.isTooLong()) throw constraint(tooLong(rules.name === "Prefix" ? "prefix" : rules.name));
  return prefix;
}

/** The parts of `!{timestamp:yyyy/MM/dd/HH/}`, which AWS adds where no expression is. */
export const defaultTimeParts: readonly PrefixPart[] = Object.freeze([
  { kind: "timestamp", pattern: new DateTimePattern("yyyy/MM/dd/HH/") },
]);

function tooLong(what: string): string {
  return `Length of evaluated ${what} cannot be greater than ${maxPrefixCharacters}`;
}

function keysFrom(parts: readonly PrefixPart[], source: "query" | "lambda"): readonly string[] {
  const names = parts.flatMap((part) => (part.kind === "key" && part.source === source ? [part.name] : []));
  return [...new Set(names)];
}

interface PrefixSize {
  readonly characters: number;
  readonly bytes: number;
}

function sizeOf(text: string): PrefixSize {
  return { characters: text.length, bytes: Buffer.byteLength(text) };
}

/** The named values, or the first name without one. */
function pick(
  names: readonly string[],
  values: Readonly<Record<string, string>> | undefined,
): Record<string, string> | string {
  const picked: Record<string, string> = Object.create(null);
  for (const name of names) {
    const value = values !== undefined && Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined || value === "") return name;
    picked[name] = value;
  }
  return picked;
}

function evaluatePart(part: PrefixPart, index: number, time: ZonedTime, input: PrefixInput): string {
  switch (part.kind) {
    case "text":
      return part.text;
    case "timestamp":
      return part.pattern.print(time) ?? "";
    case "randomString":
      return randomString(`${input.seed}\n${index}`);
    case "errorOutputType":
      return input.errorOutputType ?? "";
    case "key":
      return input.keys?.[part.source]?.[part.name] ?? "";
  }
}

function randomString(seed: string): string {
  const digest = createHash("sha256").update(seed).digest();
  let text = "";
  for (const byte of digest.subarray(0, randomStringLength)) text += alphabet.charAt(byte % alphabet.length);
  return text;
}
