import { setTimeout as sleep } from "node:timers/promises";
import { type AwsCaller, isAwsError } from "../aws-call/aws-caller.ts";
import { CommandError, exitCodes } from "../command-error.ts";

/** Where reading begins. */
export type StartPosition =
  | { readonly type: "LATEST" | "TRIM_HORIZON" }
  | { readonly type: "AT_TIMESTAMP"; readonly seconds: number };

export interface StreamRecord {
  readonly shardId: string;
  readonly sequenceNumber: string;
  readonly partitionKey: string;
  /** Milliseconds since 1970. */
  readonly arrivedMs: number;
  readonly data: Buffer;
}

export interface ShardReadersOptions {
  readonly aws: AwsCaller;
  readonly streamName: string;
  readonly from: StartPosition;
  /** Only this shard. */
  readonly shardId: string | undefined;
  /** End when the newest record of each shard is read, instead of waiting for more. */
  readonly untilNow: boolean;
  readonly signal: AbortSignal;
  /** Takes the records of one read; the next one waits for it. */
  readonly onRecords: (records: readonly StreamRecord[]) => Promise<void>;
  /** Says what somebody who watches should know. */
  readonly onNote: (text: string) => void;
}

interface Shard {
  readonly ShardId: string;
  readonly ParentShardId?: string;
  readonly AdjacentParentShardId?: string;
  readonly SequenceNumberRange: { readonly EndingSequenceNumber?: string };
}

interface RecordsPage {
  readonly Records: readonly {
    readonly SequenceNumber: string;
    readonly PartitionKey: string;
    readonly ApproximateArrivalTimestamp: number;
    readonly Data: string;
  }[];
  readonly NextShardIterator?: string;
  readonly MillisBehindLatest: number;
  readonly ChildShards?: readonly { readonly ShardId: string; readonly ParentShards: readonly string[] }[];
}

/** Between reads that found nothing. AWS allows five reads a second and shard. */
const idlePauseMs = 200;
const throttledPauseMs = 500;
const awayPauseMs = 1_000;

/** Reads all shards of a stream at once, and the shards that come of them when they are split or merged. */
export class ShardReaders {
  readonly #options: ShardReadersOptions;
  readonly #known = new Set<string>();
  readonly #finished = new Set<string>();
  readonly #running = new Set<Promise<void>>();
  #isAway = false;

  constructor(options: ShardReadersOptions) {
    this.#options = options;
  }

  /** Resolves when there is nothing left to read, or the signal is aborted. @throws CommandError */
  async run(): Promise<void> {
    const { from, shardId } = this.#options;
    const shards = await this.#listShards();
    const ids = new Set(shards.map(({ ShardId }) => ShardId));
    if (shardId !== undefined && !ids.has(shardId))
      throw new CommandError(`The stream has no shard ${shardId}. It has ${[...ids].join(", ")}.`);
    const isRoot = ({ ParentShardId, AdjacentParentShardId }: Shard): boolean =>
      !ids.has(ParentShardId ?? "") && !ids.has(AdjacentParentShardId ?? "");
    const isOpen = ({ SequenceNumberRange }: Shard): boolean =>
      SequenceNumberRange.EndingSequenceNumber === undefined;
    for (const shard of shards) {
      const isFirst = from.type === "LATEST" ? isOpen(shard) : isRoot(shard);
      // A closed shard that nobody reads holds no child back.
      if (from.type === "LATEST" && !isFirst) this.#finished.add(shard.ShardId);
      if (shardId === undefined ? isFirst : shard.ShardId === shardId) this.#start(shard.ShardId, from);
    }
    while (this.#running.size > 0) await Promise.race(this.#running);
  }

  #start(shardId: string, from: StartPosition): void {
    if (this.#known.has(shardId)) return;
    this.#known.add(shardId);
    const reading = this.#read(shardId, from).finally(() => this.#running.delete(reading));
    // `run` gets the error; until it looks, it is not unhandled.
    reading.catch(() => undefined);
    this.#running.add(reading);
  }

  async #read(shardId: string, from: StartPosition): Promise<void> {
    const { signal, untilNow } = this.#options;
    let last: string | undefined;
    let iterator = await this.#iterator(shardId, from, last);
    while (iterator !== undefined && !signal.aborted) {
      const page = await this.#page(iterator);
      if (page === "expired") iterator = await this.#iterator(shardId, from, last);
      if (page === undefined || page === "expired") continue;
      await this.#hand(shardId, page);
      last = page.Records.at(-1)?.SequenceNumber ?? last;
      iterator = page.NextShardIterator;
      if (iterator === undefined) this.#ended(shardId, page);
      else if (page.Records.length === 0 && page.MillisBehindLatest === 0) {
        if (untilNow) return;
        await this.#pause(idlePauseMs);
      }
    }
  }

  /** A page of records; undefined when it has to be asked for again. */
  async #page(iterator: string): Promise<RecordsPage | "expired" | undefined> {
    const { aws, signal } = this.#options;
    try {
      const page = await aws.call<RecordsPage>(
        "kinesis",
        "GetRecords",
        { ShardIterator: iterator },
        { signal },
      );
      this.#isAway = false;
      return page;
    } catch (error) {
      if (signal.aborted) return undefined;
      if (isAwsError(error, "ExpiredIteratorException")) return "expired";
      await this.#bear(error);
      return undefined;
    }
  }

  /** Waits after what passes. @throws what does not */
  async #bear(error: unknown): Promise<void> {
    if (isAwsError(error, "ProvisionedThroughputExceededException", "LimitExceededException")) {
      await this.#pause(throttledPauseMs);
      return;
    }
    if (!(error instanceof CommandError) || error.exitCode !== exitCodes.unreachable) throw error;
    if (!this.#isAway) this.#options.onNote("Millrace does not answer: waiting until it is back.");
    this.#isAway = true;
    await this.#pause(awayPauseMs);
  }

  async #hand(shardId: string, { Records }: RecordsPage): Promise<void> {
    if (Records.length === 0) return;
    await this.#options.onRecords(
      Records.map((record) => ({
        shardId,
        sequenceNumber: record.SequenceNumber,
        partitionKey: record.PartitionKey,
        arrivedMs: Math.round(record.ApproximateArrivalTimestamp * 1000),
        data: Buffer.from(record.Data, "base64"),
      })),
    );
  }

  /** Goes on with the shards that came of a closed one, once all of their parents are read. */
  #ended(shardId: string, { ChildShards: children = [] }: RecordsPage): void {
    this.#finished.add(shardId);
    if (this.#options.shardId !== undefined) return;
    for (const { ShardId, ParentShards } of children)
      if (ParentShards.every((parent) => this.#finished.has(parent) || !this.#known.has(parent)))
        this.#start(ShardId, { type: "TRIM_HORIZON" });
  }

  async #iterator(
    shardId: string,
    from: StartPosition,
    last: string | undefined,
  ): Promise<string | undefined> {
    const { aws, streamName, signal } = this.#options;
    const position =
      last !== undefined
        ? { ShardIteratorType: "AFTER_SEQUENCE_NUMBER", StartingSequenceNumber: last }
        : from.type === "AT_TIMESTAMP"
          ? { ShardIteratorType: from.type, Timestamp: from.seconds }
          : { ShardIteratorType: from.type };
    while (!signal.aborted)
      try {
        const { ShardIterator } = await aws.call<{ readonly ShardIterator: string }>(
          "kinesis",
          "GetShardIterator",
          { StreamName: streamName, ShardId: shardId, ...position },
          { signal },
        );
        return ShardIterator;
      } catch (error) {
        if (!signal.aborted) await this.#bear(error);
      }
    return undefined;
  }

  async #listShards(): Promise<readonly Shard[]> {
    const { aws, streamName, signal } = this.#options;
    const shards: Shard[] = [];
    let input: object = { StreamName: streamName };
    for (;;) {
      const page = await aws.call<{ readonly Shards: readonly Shard[]; readonly NextToken?: string }>(
        "kinesis",
        "ListShards",
        input,
        { signal },
      );
      shards.push(...page.Shards);
      if (page.NextToken === undefined) return shards;
      input = { NextToken: page.NextToken };
    }
  }

  async #pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#options.signal }).catch(() => undefined);
  }
}
