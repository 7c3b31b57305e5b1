import { setTimeout as sleep } from "node:timers/promises";
import {
  CreateStreamCommand,
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type KinesisClient,
  ListStreamsCommand,
  PutRecordsCommand,
  ShardIteratorType,
} from "@aws-sdk/client-kinesis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SeededRandom } from "../../conformance/sample/random.ts";
import {
  createStream,
  entry,
  isAscending,
  kinesisClient,
  recordsByShard,
  textOf,
  untilActive,
} from "../../fixtures/kinesis-client.ts";
import { MillraceProcess } from "../../fixtures/millrace-process.ts";

const StreamName = "crashes";
const shardIds = ["shardId-000000000000", "shardId-000000000001", "shardId-000000000002"];
const killCount = 8;
const writerCount = 12;
/** Limits what each writer has under way, so that reading all again after each kill stays quick. */
const writerPauseMs = 5;
const seed = Number(process.env["MILLRACE_SEED"] ?? Date.now() % 2 ** 32);
let millrace: MillraceProcess;
let client: KinesisClient;

beforeAll(async () => {
  millrace = await MillraceProcess.start();
  // One attempt: a repetition of a put whose answer was lost would be a second record, rightly.
  client = kinesisClient(millrace.url, { maxAttempts: 1 });
});
afterAll(async () => {
  client.destroy();
  await millrace.dispose();
});

describe(`Millrace killed under load (MILLRACE_SEED=${seed})`, () => {
  it("has every record that it acknowledged or showed, in order, where it said", async () => {
    const random = new SeededRandom(seed);
    await createStream(client, StreamName, shardIds.length);
    const load = new Load(client, random);
    const shown = new Map<string, string>();
    for (let kill = 0; kill < killCount; kill++) {
      const ending = Promise.all([load.run(), ...shardIds.map((shard) => tail(shard, shown))]);
      await sleep(random.integer(50, 400));
      await millrace.kill();
      await ending;
      await millrace.start();
      const places = await placesShown(client);
      expect(load.faultsOf(places)).toEqual([]);
      expect(missing(shown, places)).toEqual([]);
    }
    expect(load.acknowledgedCount).toBeGreaterThan(killCount * writerCount);
    expect(shown.size).toBeGreaterThan(0);
  });

  it("has every stream whose creation it acknowledged", async () => {
    const random = new SeededRandom(seed);
    const created: string[] = [];
    for (let kill = 0; kill < 3; kill++) {
      const creating = createUntilFailure(`created-${kill}`, created);
      await sleep(random.integer(20, 200));
      await millrace.kill();
      await creating;
      await millrace.start();
    }
    expect(created.length).toBeGreaterThan(0);
    for (const name of created) {
      await untilActive(client, name);
      const { StreamDescriptionSummary } = await client.send(
        new DescribeStreamSummaryCommand({ StreamName: name }),
      );
      expect(StreamDescriptionSummary).toMatchObject({ StreamStatus: "ACTIVE", OpenShardCount: 1 });
    }
    const { StreamNames = [] } = await client.send(new ListStreamsCommand({ Limit: 10_000 }));
    expect(StreamNames).toEqual(expect.arrayContaining(created));
  });
});

/** Texts of records by shard and sequence number. */
type Places = ReadonlyMap<string, string>;

/** Writers, each with a key of its own, each sending one batch after the other until it is refused. */
class Load {
  readonly #client: KinesisClient;
  readonly #random: SeededRandom;
  readonly #acknowledged = new Map<string, string>();
  readonly #sent = new Set<string>();
  #counter = 0;

  constructor(by: KinesisClient, random: SeededRandom) {
    this.#client = by;
    this.#random = random;
  }

  get acknowledgedCount(): number {
    return this.#acknowledged.size;
  }

  /** Resolves when all writers have lost their server. */
  async run(): Promise<void> {
    await Promise.all(Array.from({ length: writerCount }, (_, writer) => this.#write(`writer-${writer}`)));
  }

  async #write(key: string): Promise<void> {
    for (;;) {
      const texts = Array.from({ length: this.#random.integer(1, 40) }, () => `${key} ${this.#counter++}`);
      for (const text of texts) this.#sent.add(text);
      const padding = " ".repeat(this.#random.integer(0, 400));
      const Records = texts.map((text) => entry(key, text + padding));
      try {
        const put = await this.#client.send(new PutRecordsCommand({ StreamName, Records }));
        for (const [i, { ShardId, SequenceNumber }] of (put.Records ?? []).entries())
          this.#acknowledged.set(`${ShardId} ${SequenceNumber}`, texts[i] ?? "");
        await sleep(writerPauseMs);
      } catch (error) {
        if (!isConnectionLoss(error)) throw error;
        return;
      }
    }
  }

  /** What is wrong: acknowledged records that are not at their place, strangers, twins, and keys out of order. */
  faultsOf(places: Places): readonly string[] {
    const faults = missing(this.#acknowledged, places);
    const seen = new Set<string>();
    const lastOfKey = new Map<string, number>();
    for (const text of places.values()) {
      const [key = "", number = ""] = text.split(" ");
      if (!this.#sent.has(text)) faults.push(`${text} was never sent`);
      if (seen.has(text)) faults.push(`${text} is there twice`);
      if (Number(number) <= (lastOfKey.get(key) ?? -1)) faults.push(`${text} comes too late`);
      seen.add(text);
      lastOfKey.set(key, Number(number));
    }
    return faults;
  }
}

/** The records of `expected` that are not at the same place in `places`. */
function missing(expected: Places, places: Places): string[] {
  return [...expected]
    .filter(([place, text]) => places.get(place) !== text)
    .map(([place, text]) => `${text} is not at ${place}, there is ${places.get(place)}`);
}

/** What the server shows now, shard by shard in the order of the shard. */
async function placesShown(by: KinesisClient): Promise<Places> {
  const places = new Map<string, string>();
  for (const [shard, records] of await recordsByShard(by, StreamName)) {
    expect(isAscending(records)).toBe(true);
    for (const record of records) places.set(`${shard} ${record.SequenceNumber}`, textOf(record).trimEnd());
  }
  return places;
}

/** Reads what comes into a shard from now on, until the server is gone. */
async function tail(ShardId: string, shown: Map<string, string>): Promise<void> {
  try {
    const start = { StreamName, ShardId, ShardIteratorType: ShardIteratorType.LATEST };
    let { ShardIterator } = await client.send(new GetShardIteratorCommand(start));
    while (ShardIterator !== undefined) {
      const page = await client.send(new GetRecordsCommand({ ShardIterator }));
      for (const record of page.Records ?? [])
        shown.set(`${ShardId} ${record.SequenceNumber}`, textOf(record).trimEnd());
      ShardIterator = page.NextShardIterator;
    }
  } catch (error) {
    if (!isConnectionLoss(error)) throw error;
  }
}

/** Whether the server went away under the call; anything that it answered is a failure of the test. */
function isConnectionLoss(error: unknown): boolean {
  return !(error instanceof Error && "$metadata" in error && hasStatus(error.$metadata));
}

function hasStatus(metadata: unknown): boolean {
  return typeof metadata === "object" && metadata !== null && "httpStatusCode" in metadata;
}

async function createUntilFailure(prefix: string, created: string[]): Promise<void> {
  for (let i = 0; ; i++) {
    try {
      await client.send(new CreateStreamCommand({ StreamName: `${prefix}-${i}`, ShardCount: 1 }));
    } catch (error) {
      if (!isConnectionLoss(error)) throw error;
      return;
    }
    created.push(`${prefix}-${i}`);
  }
}
