import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import {
  type Auction,
  type Bid,
  type EventSink,
  NexmarkEvents,
  type Person,
} from "../../../packages/millrace/src/kernels/streaming/connectors/nexmark/nexmark-events.ts";
import {
  type ScriptedSplit,
  valueText,
} from "../../../packages/millrace/src/kernels/streaming/runtime/test-runner.ts";
import type { Value } from "../../../packages/millrace/src/sql/flink/bound-expression.ts";
import type { Random } from "./stream-oracle.ts";

export interface NexmarkInput {
  readonly events: number;
  /** Events a second of event time; below 1,000 no two events have the same time. */
  readonly rate: number;
  readonly baseTimeMs: number;
  readonly seed: number;
  readonly rounds: number;
  /** How far an event may be behind later ones: less than the watermark of the schema allows. */
  readonly disorderMs: number;
}

type Cell = string | number;

/** An event as the fields of the schema's ROWs, in their order. */
interface Event {
  readonly kind: 0 | 1 | 2;
  readonly fields: readonly Cell[];
}

class Collector implements EventSink {
  readonly wantsTexts = true;
  readonly events: Event[] = [];

  person(it: Person): void {
    const fields = [it.id, it.name, it.emailAddress, it.creditCard, it.city, it.state, it.dateTime, it.extra];
    this.events.push({ kind: 0, fields });
  }

  auction(it: Auction): void {
    const { id, itemName, description, initialBid, reserve, dateTime, expires, seller, category, extra } = it;
    const fields = [
      id,
      itemName,
      description,
      initialBid,
      reserve,
      dateTime,
      expires,
      seller,
      category,
      extra,
    ];
    this.events.push({ kind: 1, fields });
  }

  bid(it: Bid): void {
    this.events.push({
      kind: 2,
      fields: [it.auction, it.bidder, it.price, it.channel, it.url, it.dateTime, it.extra],
    });
  }
}

/** The events in two splits and several rounds, out of order, and the same as tables of DuckDB. */
export class NexmarkBatch {
  readonly splits: readonly ScriptedSplit[];
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;

  private constructor(
    splits: readonly ScriptedSplit[],
    instance: DuckDBInstance,
    connection: DuckDBConnection,
  ) {
    this.splits = splits;
    this.#instance = instance;
    this.#connection = connection;
  }

  static async of(input: NexmarkInput, random: Random): Promise<NexmarkBatch> {
    const rounds = inRounds(input, random);
    const splits = [0, 1].map((split) => ({
      id: `nexmark-${split}`,
      rounds: rounds.map((events) => events.filter((_, index) => index % 2 === split).map(rowOf)),
    }));
    const instance = await DuckDBInstance.create(":memory:");
    const connection = await instance.connect();
    for (const [kind, [name, columns]] of tables.entries()) {
      await connection.run(`CREATE TABLE ${name} (${columns}, round INTEGER)`);
      const appender = await connection.createAppender(name);
      const texts = columns.split(", ").map((column) => column.endsWith("VARCHAR"));
      for (const [round, events] of rounds.entries())
        for (const event of events) {
          if (event.kind !== kind) continue;
          for (const [at, value] of event.fields.entries())
            if (texts[at] === true) appender.appendVarchar(String(value));
            else appender.appendBigInt(BigInt(value));
          appender.appendInteger(round + 1);
          appender.endRow();
        }
      appender.closeSync();
    }
    return new NexmarkBatch(splits, instance, connection);
  }

  /** Rows as texts, sorted as `materialize` sorts them. */
  async answer(sql: string): Promise<readonly string[]> {
    const reader = await this.#connection.runAndReadAll(sql);
    return reader
      .getRowsJS()
      .map((row) => valueText(row.map(plainValue)))
      .sort();
  }

  close(): void {
    this.#connection.closeSync();
    this.#instance.closeSync();
  }
}

const tables: readonly (readonly [name: string, columns: string])[] = [
  [
    "person",
    "id BIGINT, name VARCHAR, emailAddress VARCHAR, creditCard VARCHAR, city VARCHAR, state VARCHAR, ts BIGINT, extra VARCHAR",
  ],
  [
    "auction",
    "id BIGINT, itemName VARCHAR, description VARCHAR, initialBid BIGINT, reserve BIGINT, ts BIGINT, expires BIGINT, seller BIGINT, category BIGINT, extra VARCHAR",
  ],
  [
    "bid",
    "auction BIGINT, bidder BIGINT, price BIGINT, channel VARCHAR, url VARCHAR, ts BIGINT, extra VARCHAR",
  ],
];

function inRounds(input: NexmarkInput, random: Random): readonly (readonly Event[])[] {
  const { events, rate, disorderMs } = input;
  const generator = new NexmarkEvents(input);
  const collector = new Collector();
  for (let number = 0; number < events; number += 1) generator.make(number, collector);
  const reach = (disorderMs * rate) / 1000;
  const shuffled = collector.events
    .map((event, number) => ({ event, place: number + random() * reach }))
    .sort((a, b) => a.place - b.place);
  const perRound = Math.ceil(events / input.rounds);
  return Array.from({ length: input.rounds }, (_, round) =>
    shuffled.slice(round * perRound, (round + 1) * perRound).map(({ event }) => event),
  );
}

function rowOf({ kind, fields }: Event): readonly Value[] {
  const row: Value[] = [kind, null, null, null];
  row[kind + 1] = fields;
  return row;
}

function plainValue(value: unknown): Value {
  if (value === null || value === undefined) return null;
  if (typeof value === "bigint") return Number(value);
  return value as Value;
}
