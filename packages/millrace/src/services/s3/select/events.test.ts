import type { SelectObjectContentEventStream } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { ManualClock } from "../../../core/clock.ts";
import { type EventOptions, selectEvents } from "./events.ts";
import { ByteCounter } from "./input/byte-counter.ts";
import type { RecordSource } from "./input/record-source.ts";
import { JsonWriter } from "./output/record-writer.ts";
import { prepare } from "./query.ts";
import { selectLimits } from "./select-limits.ts";
import { parseSelect } from "./sql/select-parser.ts";

/** Batches of texts; `before` is called before each of them. */
class Texts implements RecordSource<string> {
  read = 0;
  readonly #batches: readonly (readonly string[])[];
  readonly #before: () => void;

  constructor(batches: readonly (readonly string[])[], before: () => void = () => undefined) {
    this.#batches = batches;
    this.#before = before;
  }

  path(): (row: string) => string {
    return (row) => row;
  }

  star(row: string): { names: string[]; values: string[] } {
    return { names: ["t"], values: [row] };
  }

  async *batches(): AsyncGenerator<readonly string[]> {
    for (const batch of this.#batches) {
      this.#before();
      this.read++;
      yield batch;
    }
  }

  async close(): Promise<void> {}
}

function events(
  expression: string,
  source: Texts,
  options: Partial<EventOptions> = {},
): AsyncGenerator<SelectObjectContentEventStream> {
  const query = prepare(parseSelect(expression), source, new JsonWriter("\n"), 0);
  return selectEvents(source, query, {
    clock: new ManualClock(),
    signal: new AbortController().signal,
    counter: new ByteCounter(),
    progress: false,
    ...options,
  });
}

async function kindsOf(stream: AsyncIterable<SelectObjectContentEventStream>): Promise<string[]> {
  const kinds: string[] = [];
  for await (const event of stream) kinds.push(Object.keys(event)[0] ?? "");
  return kinds;
}

describe("the events of a query", () => {
  it("gathers small records, and shows life each second", async () => {
    const clock = new ManualClock();
    const tick = (): void => clock.advance(selectLimits.heartbeatMs / 2);
    const batches = Array.from({ length: 5 }, () => ["x"]);
    const still = new ManualClock();
    expect(await kindsOf(events("SELECT * FROM S3Object", new Texts(batches), { clock: still }))).toEqual([
      "Records",
      "Stats",
      "End",
    ]);
    const found = events("SELECT * FROM S3Object", new Texts(batches, tick), { clock, progress: true });
    expect(await kindsOf(found)).toEqual([
      "Records",
      "Progress",
      "Records",
      "Progress",
      "Records",
      "Progress",
      "Stats",
      "End",
    ]);
    const nothing = events("SELECT * FROM S3Object WHERE FALSE", new Texts(batches, tick), { clock });
    expect(await kindsOf(nothing)).toEqual(["Cont", "Cont", "Stats", "End"]);
  });

  it("cuts the records into payloads of a megabyte, however long they are", async () => {
    const long = "\u00e9".repeat(700_000);
    const sizes: number[] = [];
    let returned = 0;
    for await (const { Records, Stats } of events("SELECT * FROM S3Object", new Texts([[long, long]]))) {
      if (Records?.Payload !== undefined) sizes.push(Records.Payload.length);
      returned = Stats?.Details?.BytesReturned ?? returned;
    }
    expect(Math.max(...sizes)).toBe(selectLimits.recordsEventBytes);
    expect(returned).toBe(2 * (1_400_000 + '{"t":""}\n'.length));
    expect(sizes.reduce((sum, size) => sum + size)).toBe(returned);
  });

  it("makes no more of a batch than is read, whatever a record becomes", async () => {
    const wide = `'${"y".repeat(200_000)}'`;
    const rows = Array.from({ length: 4_000 }, () => "x");
    const stream = events(`SELECT ${wide} AS v FROM S3Object`, new Texts([rows]));
    let total = 0;
    for (let taken = 0; taken < 20; taken++) {
      const { value } = await stream.next();
      total += (value as SelectObjectContentEventStream).Records?.Payload?.length ?? 0;
    }
    await stream.return(undefined);
    expect(total).toBeGreaterThan(5_000_000);
    expect(total).toBeLessThanOrEqual(20 * selectLimits.recordsEventBytes);
  });

  it("reads no further than the limit, or than the client stays", async () => {
    const batches = Array.from({ length: 9 }, () => ["x", "y"]);
    const limited = new Texts(batches);
    expect(await kindsOf(events("SELECT * FROM S3Object LIMIT 3", limited))).toEqual([
      "Records",
      "Stats",
      "End",
    ]);
    expect(limited.read).toBe(2);
    const none = new Texts(batches);
    expect(await kindsOf(events("SELECT * FROM S3Object LIMIT 0", none))).toEqual(["Stats", "End"]);
    expect(none.read).toBe(0);
    const client = new AbortController();
    const left = new Texts(batches, () => left.read === 4 && client.abort());
    expect(await kindsOf(events("SELECT * FROM S3Object", left, { signal: client.signal }))).toEqual([]);
    expect(left.read).toBe(5);
  });
});
