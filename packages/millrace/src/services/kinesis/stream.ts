import { formatArn, partitionOf } from "../../core/arn.ts";
import { SerialTasks } from "../../core/serial-tasks.ts";
import { streamArn } from "./arn.ts";
import type { StreamDocument } from "./document.ts";
import { HashRouter } from "./hash-key.ts";
import type { Shard } from "./shard.ts";
import type { StreamCounters } from "./stream-counters.ts";
import { type ThroughputMode, throughputMode } from "./throughput.ts";
import type { StreamTraffic } from "./traffic/stream-traffic.ts";

/**
 * One stream at run time. Its document is replaced as a whole, by `StreamTable.change` only, after the new
 * one is durable; its shards follow the document.
 */
export class Stream {
  readonly arn: string;
  #encryptionKey: string | undefined;
  readonly #defaultMode: ThroughputMode;
  #document: StreamDocument;
  #shards: ReadonlyMap<number, Shard> = new Map();
  #open: readonly Shard[] = [];
  #router: HashRouter | undefined;
  #mode: ThroughputMode;
  /** Next open shard for streams that spread their records by themselves. */
  #turn = 0;
  /** Changes of one stream run one after the other. */
  readonly changes: SerialTasks = new SerialTasks();
  /** Kept here by the meter, which alone uses them. */
  counters: StreamCounters | undefined;
  /** Kept here by the meter as well: who put and read lately. */
  traffic: StreamTraffic | undefined;

  constructor(document: StreamDocument, defaultMode: ThroughputMode) {
    this.#document = document;
    this.#encryptionKey = keyArnOf(document);
    this.#defaultMode = defaultMode;
    this.#mode = throughputMode(document.tags, defaultMode);
    this.arn = streamArn({ account: document.account, region: document.region, stream: document.name });
  }

  get document(): StreamDocument {
    return this.#document;
  }

  /** The ARN of the key of new records, or of its alias: the logs of all streams share one key service. */
  get encryptionKey(): string | undefined {
    return this.#encryptionKey;
  }

  get throughput(): ThroughputMode {
    return this.#mode;
  }

  /** Takes a durable document and the shards that it names; routing changes in the same turn. */
  adopt(document: StreamDocument, shards: ReadonlyMap<number, Shard>): void {
    this.#document = document;
    this.#encryptionKey = keyArnOf(document);
    this.#mode = throughputMode(document.tags, this.#defaultMode);
    this.#shards = shards;
    for (const shard of document.shards) {
      const live = shards.get(shard.index);
      if (live) live.document = shard;
    }
    this.#open = [...shards.values()].filter((shard) => shard.isOpen);
    this.#router = this.#open.length === 0 ? undefined : new HashRouter(this.#open.map(({ range }) => range));
  }

  /** Shards whose records are still here, by index. */
  get shards(): ReadonlyMap<number, Shard> {
    return this.#shards;
  }

  get openShards(): readonly Shard[] {
    return this.#open;
  }

  /** Routes to positions in `openShards`; undefined while the stream has no open shards. */
  get router(): HashRouter | undefined {
    return this.#router;
  }

  /** The open shard whose turn it is when records are spread evenly. */
  nextTurn(): number {
    this.#turn = (this.#turn + 1) % Math.max(1, this.#open.length);
    return this.#turn;
  }
}

function keyArnOf({ keyId, account, region }: StreamDocument): string | undefined {
  if (keyId === undefined || keyId.startsWith("arn:")) return keyId;
  const resource = keyId.startsWith("alias/") ? keyId : `key/${keyId}`;
  return formatArn({ partition: partitionOf(region), service: "kms", region, account, resource });
}
