import { invalidArgument } from "./errors.ts";
import { parseHashKey } from "./hash-key.ts";
import type { OutgoingRecords } from "./record-batch.ts";
import type { Shard } from "./shard.ts";
import type { Stream } from "./stream.ts";
import type { ThroughputMode } from "./throughput.ts";

export interface IncomingRecord {
  readonly Data: Uint8Array;
  readonly PartitionKey?: string | undefined;
  readonly ExplicitHashKey?: string | undefined;
}

/** Records of one call that go to the same shard. */
export interface ShardGroup {
  readonly shard: Shard;
  /** Their places in the call. */
  readonly positions: number[];
  /** Of their keys and data. */
  bytes: number;
}

export interface Placement {
  readonly outgoing: OutgoingRecords;
  readonly groups: readonly ShardGroup[];
}

/**
 * Chooses the shard of each record of a call; `refused` is told of those that a shard's limits keep out.
 * @param throughput the limits that apply, the stream's own unless others are given
 */
export function placeRecords(
  stream: Stream,
  records: readonly IncomingRecord[],
  refused: (position: number, shard: Shard) => void,
  throughput: ThroughputMode = stream.throughput,
): Placement {
  const keys = Buffer.allocUnsafe(keyRoom(records));
  const keyEnds = new Uint32Array(records.length);
  const explicitHashKeys: (bigint | undefined)[] = [];
  const groups = new Map<number, ShardGroup>();
  const { openShards } = stream;
  const spreads = stream.document.distribution === "AUTO";
  let at = 0;
  for (let position = 0; position < records.length; position++) {
    const record = records[position] as IncomingRecord;
    const keyStart = at;
    at = writeKey(keys, at, record.PartitionKey ?? "");
    keyEnds[position] = at;
    // A stream that spreads its records by itself ignores what producers say about it.
    const hashKey = spreads ? undefined : explicitHash(record.ExplicitHashKey);
    if (hashKey !== undefined) explicitHashKeys[position] = hashKey;
    const index = spreads ? stream.nextTurn() : chooseShard(stream, keys, keyStart, at, hashKey);
    const shard = openShards[index];
    if (shard === undefined) throw invalidArgument(`Stream ${stream.document.name} has no open shard.`);
    const bytes = at - keyStart + record.Data.length;
    if (throughput.kind !== "off" && !shard.throughput.mayWrite(throughput, bytes)) refused(position, shard);
    else addTo(groups, index, shard, position, bytes);
  }
  return { outgoing: { records, keys, keyEnds, explicitHashKeys }, groups: [...groups.values()] };
}

function addTo(
  groups: Map<number, ShardGroup>,
  index: number,
  shard: Shard,
  position: number,
  bytes: number,
): void {
  const group = groups.get(index);
  if (group === undefined) {
    groups.set(index, { shard, positions: [position], bytes });
    return;
  }
  group.positions.push(position);
  group.bytes += bytes;
}

/** Room for all keys in UTF-8: three bytes a UTF-16 unit at the most. */
function keyRoom(records: readonly IncomingRecord[]): number {
  let units = 0;
  for (const record of records) units += record.PartitionKey?.length ?? 0;
  return units * 3;
}

/** Writes a key in UTF-8 and returns its end. Short ASCII keys need no call into the runtime. */
function writeKey(keys: Buffer, start: number, key: string): number {
  for (let index = 0; index < key.length; index++) {
    const code = key.charCodeAt(index);
    if (code > 0x7f) return start + keys.write(key, start);
    keys[start + index] = code;
  }
  return start + key.length;
}

function explicitHash(text: string | undefined): bigint | undefined {
  if (text === undefined) return undefined;
  const hashKey = parseHashKey(text);
  if (hashKey !== undefined) return hashKey;
  throw invalidArgument(
    `Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was ${text}`,
  );
}

/** Position in `openShards`. */
function chooseShard(
  stream: Stream,
  keys: Buffer,
  from: number,
  to: number,
  hashKey: bigint | undefined,
): number {
  if (stream.router === undefined) return -1;
  return hashKey === undefined ? stream.router.routeKey(keys, from, to) : stream.router.routeHash(hashKey);
}
