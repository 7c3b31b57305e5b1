import { expect, it } from "vitest";
import type { Value } from "../../../../sql/flink/bound-expression.ts";
import { NeedsExactIntegers } from "../../../../sql/flink/functions/scalar-function.ts";
import type { FlinkType } from "../../../../sql/flink/types.ts";
import { DecodeError, type Decoder } from "../index.ts";
import { bigint, boolean, decodeAll, decoderOf, double, int, row, string, tableOf } from "../test-codec.ts";

const fields: Readonly<Record<string, FlinkType>> = {
  i: int,
  l: bigint,
  d: double,
  s: string,
  b: boolean,
  r: row({ x: int, y: string, q: row({ z: double, s: string }) }),
  'we"ird\n': string,
};
const paths = ["i", "l", "d", "s", "b", "r.x", "r.y", "r.q.z", "r.q.s", 'we"ird\n'] as const;

/** A small generator of 32 bits (mulberry32). */
class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }

  shuffled<T>(items: readonly T[]): T[] {
    return items
      .map((item) => ({ item, at: this.next() }))
      .sort((a, b) => a.at - b.at)
      .map(({ item }) => item);
  }
}

const spaces = ["", "", "", " ", "\n", "\t "] as const;
const texts = [
  "",
  "a",
  "channel-1",
  "é",
  "\u{1f600}x",
  'q"\\/\b\f\n\r\t',
  "\u0001",
  "}{][,:",
  "x".repeat(40),
] as const;

/** JSON in many styles: white space, escapes, order of keys, keys that nobody wants. */
class RandomJson {
  readonly #random: Random;
  readonly #space: string;

  constructor(random: Random) {
    this.#random = random;
    this.#space = random.pick(spaces);
  }

  record(): string {
    const random = this.#random;
    const entries: [string, string][] = Object.entries(fields)
      .filter(() => random.next() < 0.9)
      .map(([name, type]) => [name, this.#value(type)]);
    for (let extra = random.below(3); extra > 0; extra -= 1)
      entries.push([`e${random.below(4)}`, this.#any(3)]);
    const unique = [...new Map(entries)];
    return this.#object(random.next() < 0.7 ? unique : random.shuffled(unique));
  }

  #object(entries: readonly (readonly [string, string])[]): string {
    const space = this.#random.next() < 0.8 ? this.#space : this.#random.pick(spaces);
    const parts = entries.map(
      ([key, value]) => `${space}${this.#string(key)}${space}:${space}${value}${space}`,
    );
    return `{${parts.length === 0 ? space : parts.join(",")}}`;
  }

  #string(text: string): string {
    const plain = JSON.stringify(text);
    if (this.#random.next() < 0.9 || text === "") return plain;
    const code = text.charCodeAt(0).toString(16).padStart(4, "0");
    return `"\\u${code}${JSON.stringify(text.slice(1)).slice(1)}`;
  }

  #value(type: FlinkType): string {
    const random = this.#random;
    if (random.next() < 0.15) return "null";
    switch (type.kind) {
      case "int":
        return random.pick(["0", "1", "-2147483648", "2147483647", "12", `${random.below(1000)}`]);
      case "bigint":
        return random.pick([
          "0",
          "9007199254740991",
          "-9007199254740991",
          "123456789012345",
          `${random.below(1e9)}`,
        ]);
      case "double":
        return random.pick(["0", "-1.5", "1e5", "2.5E-3", "0.1", "1234567.890123456789", "5e-324", "-0.0"]);
      case "boolean":
        return random.pick(["true", "false"]);
      case "row": {
        const entries = type.fields
          .filter(() => random.next() < 0.9)
          .map((field): [string, string] => [field.name, this.#value(field.type)]);
        if (random.next() < 0.2) entries.push(["more", this.#any(2)]);
        return this.#object(random.next() < 0.8 ? entries : random.shuffled(entries));
      }
      default:
        return this.#string(random.pick(texts));
    }
  }

  #any(depth: number): string {
    const random = this.#random;
    const kind = random.below(depth > 0 ? 6 : 4);
    if (kind === 0) return random.pick(["null", "true", "false"]);
    if (kind === 1) return random.pick(["1", "-0.5e+7", "12345678901234567890"]);
    if (kind < 4) return this.#string(random.pick(texts));
    const items = Array.from({ length: random.below(4) }, () => this.#any(depth - 1));
    if (kind === 4) return `[${items.join(`${this.#space},`)}]`;
    return this.#object(items.map((item, index) => [random.pick(["r", "x", `k${index}`]) + index, item]));
  }
}

function wantedRow(record: string): Value[] {
  const parsed = JSON.parse(record) as Record<string, unknown>;
  return paths.map((path) => {
    let at: unknown = parsed;
    for (const key of path.split(".")) at = (at as Record<string, unknown> | null | undefined)?.[key];
    return (at ?? null) as Value;
  });
}

type Outcome = Value[][] | "failure" | "great";

function outcome(decoder: Decoder, record: string | Uint8Array): Outcome {
  try {
    return decodeAll(decoder, [record]);
  } catch (error) {
    if (error instanceof DecodeError) return "failure";
    if (error instanceof NeedsExactIntegers) return "great";
    throw error;
  }
}

const first = Number(process.env["SEED"] ?? 1);
const count = Number(process.env["SEEDS"] ?? 40);

it("reads what JSON.parse reads, in records of many styles", () => {
  const table = tableOf(fields, { format: "json" });
  for (let seed = first; seed < first + count; seed += 1) {
    const random = new Random(seed);
    const decoder = decoderOf(table, paths);
    const styles = Array.from({ length: 3 }, () => new RandomJson(random));
    const records = Array.from({ length: 60 }, () => random.pick(styles).record());
    expect(decodeAll(decoder, records), `seed ${seed}`).toEqual(records.map(wantedRow));
  }
});

/** Bytes turned into others, left out, repeated, cut off. */
function damaged(random: Random, record: string): Uint8Array {
  const bytes = Buffer.from(record);
  const at = random.below(bytes.length);
  switch (random.below(6)) {
    case 0:
      return bytes.subarray(0, at);
    case 1:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + random.below(3))]);
    case 2:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.max(0, at - random.below(20)))]);
    case 3:
      return Buffer.concat([bytes, bytes.subarray(at)]);
    case 4: {
      const copy = Buffer.from(bytes);
      copy[at] = random.below(256);
      return copy;
    }
    default: {
      const copy = Buffer.from(bytes);
      copy[at] = Buffer.from(
        random.pick(['"', "\\", "{", "}", "[", "]", ",", ":", "0", "-", " ", "n"]),
      )[0] as number;
      return copy;
    }
  }
}

it("means the same by a damaged record whatever came before it, and refuses no record that JSON.parse takes", () => {
  for (const ignore of ["false", "true"]) {
    const table = tableOf(fields, { format: "json", "json.ignore-parse-errors": ignore });
    for (let seed = first; seed < first + count; seed += 1) {
      const random = new Random(seed);
      const experienced = decoderOf(table, paths);
      const style = new RandomJson(random);
      decodeAll(
        experienced,
        Array.from({ length: 30 }, () => style.record()),
      );
      for (let round = 0; round < 30; round += 1) {
        const record = damaged(random, style.record());
        const told = `seed ${seed}: ${Buffer.from(record).toString("latin1")}`;
        const wanted = outcome(decoderOf(table, paths), record);
        expect(outcome(experienced, record), told).toEqual(wanted);
        if (wanted === "failure" && isSound(record)) expect.fail(`refused ${told}`);
      }
    }
  }
});

/** Whether the record is an object of JSON whose values are of the types of their fields. */
function isSound(record: Uint8Array): boolean {
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(record).toString("utf8"));
  } catch {
    return false;
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) return false;
  const duplicates = /("(?:[^"\\]|\\.)*")\s*:(?=[\s\S]*\1\s*:)/.test(Buffer.from(record).toString("utf8"));
  return !duplicates && fits(parsed, fields);
}

function fits(value: object, types: Readonly<Record<string, FlinkType>>): boolean {
  return Object.entries(types).every(([name, type]) => {
    const field = (value as Record<string, unknown>)[name];
    if (field === undefined || field === null) return true;
    if (type.kind === "int") return Number.isInteger(field) && Math.abs(field as number) < 2 ** 31;
    if (type.kind === "bigint") return Number.isSafeInteger(field);
    if (type.kind === "double") return typeof field === "number";
    if (type.kind !== "row") return true;
    const inner = Object.fromEntries(type.fields.map((each) => [each.name, each.type]));
    return typeof field === "object" && !Array.isArray(field) && fits(field, inner);
  });
}
