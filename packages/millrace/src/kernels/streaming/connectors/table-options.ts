import { proposal } from "../../../sql/flink/bind/bind-error.ts";
import type { TableDefinition } from "../../../sql/flink/relation.ts";
import { SqlError } from "../../../sql/sql-error.ts";

/** Options that all tables may have, whatever their connector. */
const general: readonly string[] = ["connector", "format"];
const generalSource: readonly string[] = ["scan.watermark.idle-timeout", "scan.parallelism"];
const generalSink: readonly string[] = ["sink.parallelism"];

/** What a connector knows of the options in a table's WITH clause. */
export interface KnownOptions {
  /** Read by the connector. */
  readonly used: readonly string[];
  /** About speed or places that this engine has not: taken and not looked at. An end of `.` is a prefix. */
  readonly ignored: readonly string[];
}

/** Options of a table by name, with errors that name them as Flink does. */
export class TableOptions {
  readonly #table: TableDefinition;

  constructor(table: TableDefinition) {
    this.#table = table;
  }

  get(name: string): string | undefined {
    const value = this.#table.options[name]?.trim();
    return value === "" ? undefined : value;
  }

  required(name: string, ...others: readonly string[]): string {
    for (const key of [name, ...others]) {
      const value = this.get(key);
      if (value !== undefined) return value;
    }
    throw this.error(
      `One or more required options are missing.\n\nMissing required options are:\n\n${[name, ...others].join(" or ")}`,
    );
  }

  oneOf<T extends string>(name: string, values: readonly T[], otherwise: T): T {
    const text = this.get(name);
    if (text === undefined) return otherwise;
    const value = values.find((each) => each.toLowerCase() === text.toLowerCase());
    if (value === undefined)
      throw this.error(`option '${name}' is one of ${values.join(", ")}, not '${text}'`);
    return value;
  }

  wholeNumber(name: string, otherwise: number, least = 0): number {
    const text = this.get(name);
    if (text === undefined) return otherwise;
    const value = Number(text);
    if (!Number.isSafeInteger(value) || value < least)
      throw this.error(`option '${name}' is a whole number from ${least}, not '${text}'`);
    return value;
  }

  /** `10 s`, `1 min`, `500 ms`, `1h`, as Flink reads durations; a number alone is milliseconds. */
  durationMs(name: string, otherwise: number): number {
    const text = this.get(name);
    if (text === undefined) return otherwise;
    const [, amount = "", unit = ""] = /^(\d+)\s*([a-z]*)$/i.exec(text) ?? [];
    const ms = Number(amount) * (durationUnits[unit.toLowerCase()] ?? Number.NaN);
    if (amount === "" || !Number.isSafeInteger(ms))
      throw this.error(`option '${name}' is a duration such as 10 s, not '${text}'`);
    return ms;
  }

  /** `128 MB`, `64kb`; a number alone is bytes. */
  bytes(name: string, otherwise: number): number {
    const text = this.get(name);
    if (text === undefined) return otherwise;
    const [, amount = "", unit = ""] = /^(\d+)\s*([a-z]*)$/i.exec(text) ?? [];
    const bytes = Number(amount) * (sizeUnits[unit.toLowerCase()] ?? Number.NaN);
    if (amount === "" || !Number.isSafeInteger(bytes))
      throw this.error(`option '${name}' is a size such as 128 MB, not '${text}'`);
    return bytes;
  }

  error(message: string): SqlError {
    return new SqlError("22023", `table ${this.#table.path.join(".")}: ${message}`);
  }

  /** What is there but not for this engine. */
  missing(feature: string): SqlError {
    return new SqlError(
      "0A000",
      `table ${this.#table.path.join(".")}: ${feature}; it runs on Apache Flink itself`,
    );
  }

  /** @throws SqlError that names options which the connector does not know */
  check(direction: "source" | "sink", { used, ignored }: KnownOptions): void {
    const format = this.get("format");
    const known = new Set([...general, ...(direction === "source" ? generalSource : generalSink), ...used]);
    const prefixes = ignored.filter((name) => name.endsWith("."));
    const isKnown = (name: string): boolean =>
      known.has(name) ||
      ignored.includes(name) ||
      (format !== undefined && name.startsWith(`${format}.`)) ||
      prefixes.some((prefix) => name.startsWith(prefix));
    const unknown = Object.keys(this.#table.options).filter((name) => !isKnown(name));
    if (unknown.length === 0) return;
    throw this.error(
      `Unsupported options found for '${this.get("connector") ?? ""}'.\n\nUnsupported options:\n\n${unknown
        .sort()
        .map((name) => `${name}${proposal(name, known)}`)
        .join("\n")}\n\n` + `Supported options:\n\n${[...known].sort().join("\n")}`,
    );
  }
}

const durationUnits: Readonly<Record<string, number>> = {
  ...{ "": 1, ms: 1, milli: 1, millis: 1, millisecond: 1, milliseconds: 1 },
  ...{ s: 1_000, sec: 1_000, secs: 1_000, second: 1_000, seconds: 1_000 },
  ...{ m: 60_000, min: 60_000, minute: 60_000, minutes: 60_000 },
  ...{ h: 3_600_000, hour: 3_600_000, hours: 3_600_000 },
  ...{ d: 86_400_000, day: 86_400_000, days: 86_400_000 },
};

const sizeUnits: Readonly<Record<string, number>> = {
  ...{ "": 1, b: 1, bytes: 1 },
  ...{ k: 1024, kb: 1024, kibibytes: 1024, m: 1024 ** 2, mb: 1024 ** 2, mebibytes: 1024 ** 2 },
  ...{ g: 1024 ** 3, gb: 1024 ** 3, gibibytes: 1024 ** 3 },
};
