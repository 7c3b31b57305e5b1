import type { Shard, StreamDescriptionSummary } from "@aws-sdk/client-kinesis";
import type { UseQueryResult } from "@tanstack/react-query";
import { allPages } from "../../api/all-pages.ts";
import { useAws, useMillrace } from "../../api/queries.ts";
import type { ServiceClients } from "../../api/services.ts";

/** Refreshed while it is looked at. */
const everyMs = 2_000;

export interface Rate {
  readonly recordsPerSecond: number;
  readonly bytesPerSecond: number;
  readonly lastSecond: { readonly records: number; readonly bytes: number };
  readonly lastMinute: { readonly records: number; readonly bytes: number };
}

export interface ShardUse {
  readonly shardId: string;
  readonly isOpen: boolean;
  readonly in: Rate & { readonly throttled: number };
  readonly out: Rate & { readonly throttled: number };
  readonly records: number;
  readonly bytes: number;
}

export interface ConsumerShard {
  readonly shardId: string;
  readonly behindRecords: number;
  readonly behindBytes: number;
  readonly lagMs: number;
  readonly lastAt?: number;
  readonly recordsPerSecond: number;
  readonly owner?: string;
  readonly checkpoint?: string;
}

export interface Consumer extends Rate {
  readonly id: string;
  readonly kind: "polling" | "fan-out" | "application" | "delivery" | "channel" | "kcl";
  readonly name: string;
  readonly arn?: string;
  readonly principal?: string;
  readonly library?: string;
  readonly status?: string;
  readonly lastAt?: number;
  readonly lagMs: number;
  readonly behindRecords: number;
  readonly behindBytes: number;
  readonly errorsLastMinute: number;
  readonly shards: readonly ConsumerShard[];
}

export interface Producer extends Rate {
  readonly id: string;
  readonly name: string;
  readonly principal?: string;
  readonly library?: string;
  readonly lastAt?: number;
  readonly errorsLastMinute: number;
}

/** What `GET /_millrace/streams/NAME/use` answers. */
export interface StreamUse {
  readonly at: number;
  readonly limits: {
    readonly writeBytesPerSecond: number;
    readonly writeRecordsPerSecond: number;
    readonly readBytesPerSecond: number;
    readonly readsPerSecond: number;
    readonly areEnforced: boolean;
  };
  readonly shards: readonly ShardUse[];
  readonly producers: readonly Producer[];
  readonly consumers: readonly Consumer[];
}

export function useStreamUse(name: string, refreshMs: number = everyMs): UseQueryResult<StreamUse, Error> {
  return useMillrace<StreamUse>(`streams/${encodeURIComponent(name)}/use`, {}, { everyMs: refreshMs });
}

export function useStream(name: string): UseQueryResult<StreamDescriptionSummary | undefined, Error> {
  return useAws(
    "kinesis",
    ["stream", name],
    async (kinesis) => (await kinesis.describeStreamSummary({ StreamName: name })).StreamDescriptionSummary,
    { everyMs },
  );
}

/** All shards that still hold records, closed ones as well. */
export function useShards(name: string): UseQueryResult<readonly Shard[], Error> {
  return useAws("kinesis", ["shards", name], (kinesis) => allShards(kinesis, name), { everyMs });
}

function allShards(kinesis: ServiceClients["kinesis"], name: string): Promise<readonly Shard[]> {
  return allPages(async (NextToken) => {
    // A page is asked for by its token only.
    const output = await kinesis.listShards(NextToken === undefined ? { StreamName: name } : { NextToken });
    return { items: output.Shards, next: output.NextToken };
  });
}

/** `12` of `shardId-000000000012`. */
export function shortShard(id: string): string {
  return id.replace(/^shardId-0*(?=\d)/, "");
}
