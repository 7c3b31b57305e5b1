import type { Kinesis } from "@aws-sdk/client-kinesis";
import { useEffect, useState } from "react";
import { useConsole } from "../../../api/console-context.tsx";

export interface TailRecord {
  readonly key: string;
  readonly at: number;
  readonly shard: string;
  readonly partitionKey: string;
  readonly text: string;
}

export interface Tail {
  readonly records: readonly TailRecord[];
  readonly error: Error | undefined;
  readonly isReading: boolean;
}

const backMs = 5 * 60_000;
const pollMs = 1_000;
const maxRecords = 500;
const maxShards = 16;
const perCall = 500;

/** The newest records of a stream, from five minutes ago on. */
export function useStreamTail(stream: string): Tail {
  const { clients } = useConsole();
  const [tail, setTail] = useState<Tail>({ records: [], error: undefined, isReading: true });
  useEffect(() => {
    const abort = new AbortController();
    setTail({ records: [], error: undefined, isReading: true });
    const add = (records: readonly TailRecord[]): void =>
      setTail((before) => ({
        error: undefined,
        isReading: false,
        records: records.length === 0 ? before.records : [...records, ...before.records].slice(0, maxRecords),
      }));
    clients
      .get("kinesis")
      .then((kinesis) => follow(kinesis, stream, add, abort.signal))
      .catch((error: unknown) => {
        if (abort.signal.aborted || !(error instanceof Error)) return;
        setTail((before) => ({ ...before, error, isReading: false }));
      });
    return () => abort.abort();
  }, [clients, stream]);
  return tail;
}

async function follow(
  kinesis: Kinesis,
  stream: string,
  add: (records: readonly TailRecord[]) => void,
  signal: AbortSignal,
): Promise<void> {
  const { Shards = [] } = await kinesis.listShards({ StreamName: stream });
  const iterators = new Map<string, string>();
  for (const { ShardId = "" } of Shards.slice(0, maxShards)) {
    const { ShardIterator } = await kinesis.getShardIterator({
      StreamName: stream,
      ShardId,
      ShardIteratorType: "AT_TIMESTAMP",
      Timestamp: new Date(Date.now() - backMs),
    });
    if (ShardIterator !== undefined) iterators.set(ShardId, ShardIterator);
  }
  while (!signal.aborted && iterators.size > 0) {
    const found: TailRecord[] = [];
    for (const [shard, ShardIterator] of iterators) {
      const { Records = [], NextShardIterator } = await kinesis.getRecords({ ShardIterator, Limit: perCall });
      for (const record of Records)
        found.push({
          key: `${shard} ${record.SequenceNumber}`,
          at: record.ApproximateArrivalTimestamp?.getTime() ?? 0,
          shard,
          partitionKey: record.PartitionKey ?? "",
          text: new TextDecoder().decode(record.Data).trimEnd(),
        });
      if (NextShardIterator === undefined) iterators.delete(shard);
      else iterators.set(shard, NextShardIterator);
    }
    add(found.toSorted((a, b) => b.at - a.at));
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}
