import { gzipSync, zstdCompressSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { role, TestCopy } from "./test-copy.ts";

let copy: TestCopy;
beforeAll(async () => {
  copy = await TestCopy.start();
});
afterAll(() => copy[Symbol.asyncDispose]());

/** The same numbers for the same seed. */
class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  below(limit: number): number {
    this.#state = (Math.imul(this.#state ^ (this.#state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
    const mixed = Math.imul(this.#state ^ (this.#state >>> 13), 0x297a2d39);
    return ((mixed ^ (mixed >>> 16)) >>> 0) % limit;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }

  chance(percent: number): boolean {
    return this.below(100) < percent;
  }
}

const good: Readonly<Record<string, readonly string[]>> = {
  int: ["0", "1", "-1", "+7", "007", "2147483647", "-2147483648", ""],
  bigint: ["9223372036854775807", "-5", "0", ""],
  smallint: ["32767", "-32768", "", "12"],
  "numeric(8,2)": ["1", "1.5", "-1.50", "+3.", "999999.99", "0001.10", "", "0.00"],
  "numeric(38,10)": ["1234567890123456789012345678.1234567890", "-0.1", "7"],
  "double precision": ["1.5", "-2e10", ".5", "5.", "1E-7", ""],
  real: ["1.5", "3.25", "-1e3", ""],
  boolean: ["t", "F", "true", "0", "YES", ""],
  "varchar(12)": [
    "",
    "x",
    "ä€",
    "two words",
    " lead",
    "trail ",
    "a'b",
    "back\\slash",
    "tab\there",
    "😀",
    "  ",
  ],
  "char(5)": ["", "abc", "ab   ", " a", "abcde"],
  date: ["2024-02-29", "1999-12-31", "", "0001-01-01"],
  timestamp: ["2024-02-29 23:59:59", "2024-01-01 00:00:00.5", "2024-01-01 00:00:00.123456", ""],
  timestamptz: ["2024-02-29 23:59:59", "2024-01-01 00:00:00.25"],
};

/** What the engine takes and Redshift does not, and what needs a second look. */
const odd: Readonly<Record<string, readonly string[]>> = {
  int: ["1e3", "1_000", " 12 ", "12.5", "0x10", "abc", "2147483648", "--1", "  "],
  bigint: ["9223372036854775808", "1e2", "x"],
  smallint: ["32768", "1.0"],
  "numeric(8,2)": ["1.005", "-1.999", "1e1", "1000000", "1,5", ".5", "nan", " 2.5 ", "-"],
  "numeric(38,10)": ["1e-11", "12345678901234567890123456789"],
  "double precision": ["nan", "inf", "-Infinity", "1e400", "x", "1_0"],
  real: ["1e39", "x"],
  boolean: ["on", "2", "tru"],
  "varchar(12)": ["thirteen chars", "€€€€€", "2024"],
  "char(5)": ["abcdef", "ä", "abcdef   ", "abc        "],
  date: [
    "2024-02-30",
    "2024-1-1",
    "infinity",
    "epoch",
    "2024-01-01 10:00:00",
    "20240101",
    "0000-01-01",
    "12024-01-01",
  ],
  timestamp: [
    "2024-01-01",
    "2024-01-01T10:00:00",
    "2024-01-01 25:00:00",
    "infinity",
    "2024-01-01 10:00",
    "x",
  ],
  timestamptz: ["2024-01-01 10:00:00+02", "2024-01-01 10:00:00Z", "2024-01-01 10:00:00-03:30"],
};

interface Case {
  readonly columns: readonly string[];
  readonly text: string;
  readonly options: string;
  readonly isCsv: boolean;
}

function randomCase(random: Random): Case {
  const types = Object.keys(good);
  const columns = Array.from({ length: 1 + random.below(5) }, () => random.pick(types));
  const isCsv = random.chance(50);
  const delimiter = random.pick(["|", ",", "\t", ";"]);
  const nullText = random.pick([undefined, undefined, "\\N", "NULL", "2024"]);
  const oddShare = random.pick([0, 0, 0, 0, 0, 1, 8]);
  const lines = Array.from({ length: random.below(40) }, () => {
    const fields = columns.map((type) => {
      const text = random.chance(5)
        ? (nullText ?? "\\N")
        : random.pick((random.chance(oddShare) ? odd : good)[type] ?? []);
      if (!isCsv) return text.replaceAll(delimiter, "_");
      const quotes = text.includes(delimiter) || random.chance(10);
      const extra = random.chance(3) && type.startsWith("varchar") ? '"\n' : "";
      return quotes || extra !== "" ? `"${(text.slice(0, 8) + extra).replaceAll('"', '""')}"` : text;
    });
    if (random.chance(oddShare)) fields.push(random.pick(["", "more"]));
    if (random.chance(oddShare)) fields.pop();
    return random.chance(oddShare)
      ? ""
      : fields.join(delimiter) + (!isCsv && random.chance(2) ? delimiter : "");
  });
  const end = random.pick(["\n", "\n", "\n", "\n", "\n", "\n", "\n", "\r\n"]);
  const text = lines.join(end) + (lines.length > 0 && random.chance(80) ? end : "");
  const options = [
    isCsv ? "csv" : "",
    `delimiter '${delimiter === "\t" ? "\\t" : delimiter}'`,
    nullText === undefined ? "" : `null as '${nullText}'`,
    random.chance(20) ? "emptyasnull" : "",
    random.chance(20) ? "blanksasnull" : "",
    random.chance(20) ? "trimblanks" : "",
    random.chance(20) ? "truncatecolumns" : "",
    random.chance(20) ? "roundec" : "",
    random.chance(20) ? "fillrecord" : "",
    random.chance(20) ? "ignoreblanklines" : "",
    random.chance(20) ? `ignoreheader ${random.below(3)}` : "",
    random.chance(30) ? `maxerror ${random.below(20)}` : "",
    random.chance(20) ? "acceptanydate dateformat 'auto'" : "",
    random.chance(20) ? "timeformat 'auto'" : "",
  ];
  return { columns, text, options: options.filter((option) => option !== "").join(" "), isCsv };
}

async function outcome(table: string, key: string, options: string): Promise<readonly string[]> {
  await copy.session.rows(`truncate ${table}`);
  const before = copy.session.notices.length;
  const error = await copy.session.error(`copy ${table} from 's3://b/${key}' ${role} ${options}`);
  const notices = copy.session.notices.slice(before).map(({ message }) => message);
  const rows = await copy.rows(table);
  const errors = error === "no error" && notices.length < 2 ? [] : await copy.errors();
  return [error, ...rows, ...errors];
}

test.each([1, 2, 3, 4])("the engine's reader and the exact one load the same, seed %i", async (seed) => {
  const random = new Random(seed);
  let fast = 0;
  for (let round = 0; round < 40; round++) {
    const { columns, text, options } = randomCase(random);
    const table = columns
      .map((type, index) => `c${index} ${type}${random.chance(10) ? " not null" : ""}`)
      .join(", ");
    await copy.session.rows(`drop table if exists t; create table t(${table})`);
    const [pack, option] = random.pick([
      [(bytes: Buffer) => bytes, ""],
      [(bytes: Buffer) => gzipSync(bytes), "gzip"],
      [(bytes: Buffer) => zstdCompressSync(bytes), "zstd"],
    ] as const);
    // UTF-16 is for the exact reader alone.
    copy.objects.put("b", "narrow", pack(Buffer.from(text)));
    copy.objects.put("b", "wide", pack(Buffer.from(text, "utf16le")));
    const streams = copy.objects.streams;
    const first = await outcome("t", "narrow", `${options} ${option}`);
    if (copy.objects.streams === streams && text !== "") fast++;
    const second = await outcome("t", "wide", `${options} ${option} encoding utf16le`);
    expect(first, `round ${round}: ${table}\n${options} ${option}\n${JSON.stringify(text)}`).toEqual(second);
  }
  expect(fast).toBeGreaterThan(8);
});
