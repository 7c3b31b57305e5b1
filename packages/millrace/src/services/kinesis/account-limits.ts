import type { Call } from "../../gateway/call.ts";
import { limitExceeded, shardLimitExceeded } from "./errors.ts";
import { limits } from "./limits.ts";
import { openShards } from "./reshard.ts";
import type { KinesisState } from "./state.ts";

type Owner = Pick<Call, "account" | "region">;

/** Open shards of an account's provisioned streams in a region: only these count against its limit. */
export function provisionedShards(state: KinesisState, { account, region }: Owner): number {
  return state.streams
    .list(account, region)
    .filter(({ document }) => document.mode === "PROVISIONED")
    .reduce((sum, { document }) => sum + openShards(document).length, 0);
}

export function onDemandStreams(state: KinesisState, { account, region }: Owner): number {
  return state.streams.list(account, region).filter(({ document }) => document.mode === "ON_DEMAND").length;
}

/** Refuses what would bring an account over its shard limit. */
export function checkShardLimit(state: KinesisState, additional: number, owner: Owner): void {
  const current = provisionedShards(state, owner);
  const limit = state.settings.shardLimit;
  if (additional > 0 && current + additional > limit)
    throw shardLimitExceeded({ account: owner.account, region: owner.region, current, limit, additional });
}

export function checkOnDemandLimit(state: KinesisState, owner: Owner): void {
  if (onDemandStreams(state, owner) >= limits.onDemandStreams)
    throw limitExceeded(
      `This request would exceed the limit of ${limits.onDemandStreams} streams in ON_DEMAND mode for the account ${owner.account} in ${owner.region}.`,
    );
}
