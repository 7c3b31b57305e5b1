import type {
  GetRecordsCommandOutput,
  GetShardIteratorCommandInput,
  Kinesis,
  _Record as KinesisRecord,
  ListShardsCommandOutput,
} from "@aws-sdk/client-kinesis";

/** Where a tail begins. */
export type TailStart =
  | { readonly kind: "latest" }
  | { readonly kind: "oldest" }
  | { readonly kind: "time"; readonly at: Date };

export interface TailListener {
  /** @param behindMs how far the answer is behind the newest record of the shard */
  records(shard: string, records: readonly KinesisRecord[], behindMs: number): void;
  /** The shard has been read to its end: it was split or merged. */
  ended(shard: string): void;
  failed(error: Error): void;
}

export interface TailRequest {
  readonly stream: string;
  /** Undefined: all, and what becomes of them. */
  readonly shard: string | undefined;
  readonly start: TailStart;
}

/** One answer is worked on without a pause: it must not hold up what is drawn. */
const maxRecordsInAnswer = 500;
/** A browser opens six connections to a host: two are left for the rest of the page. */
const maxConcurrentReads = 4;
/** Five reads a second and shard are allowed; other readers want some of them. */
const busyPauseMs = 220;
const maxIdlePauseMs = 1_000;
const idleGrowth = 1.4;
const throttledPauseMs = 1_000;

/** Reads a stream by GetRecords, shard by shard, and goes on with the children of shards that end. */
export class StreamTail {
  readonly #kinesis: Kinesis;
  readonly #request: TailRequest;
  readonly #listener: TailListener;
  readonly #abort = new AbortController();
  readonly #followed = new Set<string>();
  readonly #ended = new Set<string>();
  readonly #waiting: (() => void)[] = [];
  #reads = 0;

  constructor(kinesis: Kinesis, request: TailRequest, listener: TailListener) {
    this.#kinesis = kinesis;
    this.#request = request;
    this.#listener = listener;
  }

  async start(): Promise<void> {
    const { stream, shard, start } = this.#request;
    try {
      const shards = shard === undefined ? await this.#shards(stream, start) : [shard];
      for (const id of shards) this.#follow(id, start);
    } catch (error) {
      this.#fail(error);
    }
  }

  stop(): void {
    this.#abort.abort();
  }

  async #shards(stream: string, start: TailStart): Promise<readonly string[]> {
    const filters = {
      latest: { Type: "AT_LATEST" },
      oldest: { Type: "AT_TRIM_HORIZON" },
      time: { Type: "AT_TIMESTAMP", ...(start.kind === "time" && { Timestamp: start.at }) },
    } as const;
    const found: string[] = [];
    let token: string | undefined;
    do {
      const { Shards = [], NextToken }: ListShardsCommandOutput = await this.#kinesis.listShards(
        token === undefined ? { StreamName: stream, ShardFilter: filters[start.kind] } : { NextToken: token },
      );
      for (const { ShardId } of Shards) if (ShardId !== undefined) found.push(ShardId);
      token = NextToken;
    } while (token !== undefined && !this.#abort.signal.aborted);
    return found;
  }

  #follow(shard: string, start: TailStart): void {
    if (this.#followed.has(shard)) return;
    this.#followed.add(shard);
    this.#read(shard, start).catch((error: unknown) => this.#fail(error));
  }

  async #read(shard: string, start: TailStart): Promise<void> {
    let iterator = await this.#iterator(shard, startingPosition(start));
    let last: string | undefined;
    let pauseMs = busyPauseMs;
    while (iterator !== undefined && !this.#abort.signal.aborted) {
      const answer: GetRecordsCommandOutput | "throttled" | "expired" = await this.#getRecords(iterator);
      if (this.#abort.signal.aborted) return;
      if (answer === "throttled") await pause(throttledPauseMs);
      else if (answer === "expired")
        iterator = await this.#iterator(
          shard,
          last === undefined
            ? startingPosition(start)
            : { ShardIteratorType: "AFTER_SEQUENCE_NUMBER", StartingSequenceNumber: last },
        );
      else {
        const { Records = [], MillisBehindLatest = 0 } = answer;
        this.#listener.records(shard, Records, MillisBehindLatest);
        last = Records.at(-1)?.SequenceNumber ?? last;
        iterator = answer.NextShardIterator;
        if (iterator === undefined) this.#end(shard, answer);
        pauseMs = Records.length > 0 ? busyPauseMs : Math.min(pauseMs * idleGrowth, maxIdlePauseMs);
        // Who is behind reads on at once, but lets the page draw first.
        await pause(Records.length > 0 && MillisBehindLatest > 0 ? 0 : pauseMs);
      }
    }
  }

  /** Children begin when all of their parents that are read have ended, so that keys keep their order. */
  #end(shard: string, { ChildShards = [] }: GetRecordsCommandOutput): void {
    this.#ended.add(shard);
    this.#listener.ended(shard);
    if (this.#request.shard !== undefined) return;
    for (const { ShardId, ParentShards = [] } of ChildShards) {
      const isWaiting = ParentShards.some((parent) => this.#followed.has(parent) && !this.#ended.has(parent));
      if (ShardId !== undefined && !isWaiting) this.#follow(ShardId, { kind: "oldest" });
    }
  }

  async #iterator(
    shard: string,
    position: Pick<
      GetShardIteratorCommandInput,
      "ShardIteratorType" | "StartingSequenceNumber" | "Timestamp"
    >,
  ): Promise<string | undefined> {
    const { ShardIterator } = await this.#kinesis.getShardIterator({
      StreamName: this.#request.stream,
      ShardId: shard,
      ...position,
    });
    return ShardIterator;
  }

  async #getRecords(iterator: string): Promise<GetRecordsCommandOutput | "throttled" | "expired"> {
    await this.#enter();
    try {
      return await this.#kinesis.getRecords(
        { ShardIterator: iterator, Limit: maxRecordsInAnswer },
        { abortSignal: this.#abort.signal },
      );
    } catch (error) {
      const name = error instanceof Error ? error.name : "";
      if (name === "ProvisionedThroughputExceededException") return "throttled";
      if (name === "ExpiredIteratorException") return "expired";
      throw error;
    } finally {
      this.#leave();
    }
  }

  async #enter(): Promise<void> {
    if (this.#reads < maxConcurrentReads) this.#reads++;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  #leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#reads--;
    else next();
  }

  #fail(error: unknown): void {
    if (this.#abort.signal.aborted) return;
    this.#listener.failed(error instanceof Error ? error : new Error(String(error)));
  }
}

function startingPosition(
  start: TailStart,
): Pick<GetShardIteratorCommandInput, "ShardIteratorType" | "Timestamp"> {
  if (start.kind === "latest") return { ShardIteratorType: "LATEST" };
  if (start.kind === "oldest") return { ShardIteratorType: "TRIM_HORIZON" };
  return { ShardIteratorType: "AT_TIMESTAMP", Timestamp: start.at };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
