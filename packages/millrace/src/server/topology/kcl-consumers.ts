import { TrafficRing } from "../../core/traffic/traffic-ring.ts";
import type { Stream, StreamFigures } from "../../services/kinesis/index.ts";
import { type ConsumerAnswer, type ConsumerShardAnswer, rateAnswer, totalsOf } from "./consumer-answer.ts";
import type { KclApplication, KclLease } from "./kcl-leases.ts";

export interface KclParts {
  readonly stream: Stream;
  readonly figures: Pick<StreamFigures, "lag" | "offsetAfter">;
  readonly nowMs: number;
}

const nothing = new TrafficRing();

/**
 * Adds applications of the Kinesis Client Library to the consumers of a stream. How fast an application reads is
 * known of the consumer that it calls as: the registered one of its name, or the library's own user agent where one
 * application alone can be meant.
 */
export async function kclConsumers(
  parts: KclParts,
  applications: readonly KclApplication[],
  known: readonly ConsumerAnswer[],
): Promise<readonly ConsumerAnswer[]> {
  const own: { readonly name: string; readonly shards: readonly ConsumerShardAnswer[] }[] = [];
  for (const { name, leases } of applications) {
    const shards = await leasedShards(parts, leases, isRegistered(known, name));
    if (shards.length > 0) own.push({ name, shards });
  }
  if (own.length === 0) return known;
  const taken = new Set<ConsumerAnswer>();
  const answers = own.map(({ name, shards }) => {
    const caller = callerOf(known, name, own.length === 1);
    if (caller !== undefined) taken.add(caller);
    return kclAnswer(name, shards, caller);
  });
  return [...known.filter((consumer) => !taken.has(consumer)), ...answers];
}

function isRegistered(known: readonly ConsumerAnswer[], name: string): boolean {
  return known.some((consumer) => consumer.kind === "fan-out" && consumer.name === name);
}

function callerOf(
  known: readonly ConsumerAnswer[],
  name: string,
  isAlone: boolean,
): ConsumerAnswer | undefined {
  const registered = known.find((consumer) => consumer.kind === "fan-out" && consumer.name === name);
  if (registered !== undefined) return registered;
  const polling = known.filter(
    ({ kind, library }) => kind === "polling" && library?.startsWith("KCL") === true,
  );
  return isAlone && polling.length === 1 ? polling[0] : undefined;
}

/** The leases that belong to this stream. A checkpoint says which one; a lease that has none yet is nobody's. */
async function leasedShards(
  { stream, figures }: KclParts,
  leases: readonly KclLease[],
  isOfStream: boolean,
): Promise<readonly ConsumerShardAnswer[]> {
  const positions = await Promise.all(
    leases.map(async (lease) => ({ lease, shard: await shardOf(stream, figures, lease) })),
  );
  const isOwn = isOfStream || positions.some(({ shard }) => shard?.next !== undefined);
  if (!isOwn) return [];
  const shards: ConsumerShardAnswer[] = [];
  for (const { lease, shard } of positions) {
    if (shard === undefined) continue;
    const found = stream.shards.get(shard.index);
    if (found === undefined) continue;
    const { owner, checkpoint } = lease;
    const start = checkpoint === "SHARD_END" ? found.log.durableOffset : found.log.firstOffset;
    const { shard: shardId, ...lag } = await figures.lag(found, shard.next ?? start);
    shards.push({ shardId, ...lag, owner, checkpoint, lastAt: undefined, recordsPerSecond: 0 });
  }
  return shards;
}

/** Which shard of the stream a lease means; undefined when it cannot be one of this stream. */
async function shardOf(
  stream: Stream,
  figures: KclParts["figures"],
  { shard, checkpoint, stream: name }: KclLease,
): Promise<{ readonly index: number; readonly next: number | undefined } | undefined> {
  if (name !== undefined && name !== stream.document.name) return undefined;
  const index = Number(shard.slice("shardId-".length));
  const found = stream.shards.get(index);
  if (found === undefined) return undefined;
  if (/^\d+$/.test(checkpoint)) {
    const next = await figures.offsetAfter(found, checkpoint);
    return next === undefined ? undefined : { index, next };
  }
  // TRIM_HORIZON and the like say that nothing was handled yet, and nothing of the stream that is meant.
  if (name === undefined) return { index, next: undefined };
  return { index, next: checkpoint === "SHARD_END" ? found.log.durableOffset : found.log.firstOffset };
}

function kclAnswer(
  name: string,
  shards: readonly ConsumerShardAnswer[],
  caller: ConsumerAnswer | undefined,
): ConsumerAnswer {
  const read = new Map(caller?.shards.map((shard) => [shard.shardId, shard]));
  const answered = shards.map((shard) => {
    const { lastAt, recordsPerSecond = 0 } = read.get(shard.shardId) ?? {};
    return { ...shard, lastAt, recordsPerSecond };
  });
  const { principal, library, lastAt, errorsLastMinute = 0, history = [] } = caller ?? {};
  const rates = caller ?? rateAnswer(nothing.figures(0));
  const { recordsPerSecond, bytesPerSecond, lastSecond, lastMinute } = rates;
  return {
    ...{
      id: `consumer:kcl:${name}`,
      kind: "kcl",
      name,
      principal,
      library,
      lastAt,
      errorsLastMinute,
      history,
    },
    ...{ recordsPerSecond, bytesPerSecond, lastSecond, lastMinute },
    ...totalsOf(answered),
    shards: answered,
  };
}
