import type { ListShardsInput, ListShardsOutput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { invalidArgument, resourceNotFound } from "../errors.ts";
import { checkCreationTime, openPage, sealPage } from "../page.ts";
import { describeShard } from "../shard.ts";
import { filteredShards, type ShardCondition, shardCondition } from "../shard-filter.ts";
import type { KinesisState } from "../state.ts";
import { shardIndex } from "../stream-description.ts";
import { findStream } from "../stream-lookup.ts";

/** The most shards in one answer. */
const maxShards = 1000;

export function listShards(state: KinesisState, input: Input<ListShardsInput>, call: Call): ListShardsOutput {
  const page =
    input.NextToken === undefined
      ? firstPage(state, input, call)
      : nextPage(state, input, input.NextToken, call);
  const document = state.streams.byId(page.streamId)?.document;
  if (document === undefined)
    throw resourceNotFound(`The stream of this NextToken under account ${call.account} not found.`);
  const matching = filteredShards(document, page.filter, state.clock.now()).filter(
    ({ index }) => index > page.after,
  );
  const shards = matching.slice(0, Math.min(input.MaxResults ?? maxShards, maxShards));
  const last = shards.at(-1);
  return {
    Shards: shards.map(describeShard),
    ...(last !== undefined && shards.length < matching.length
      ? { NextToken: sealPage(state, call, { ...page, after: last.index }) }
      : {}),
  };
}

interface Page {
  readonly streamId: string;
  readonly after: number;
  readonly filter: ShardCondition;
}

function firstPage(state: KinesisState, input: Input<ListShardsInput>, call: Call): Page {
  const { document } = findStream(state, input, call);
  checkCreationTime(document, input.StreamCreationTimestamp);
  const after =
    input.ExclusiveStartShardId === undefined ? -1 : shardIndex(input.ExclusiveStartShardId, document);
  return { streamId: document.id, after, filter: shardCondition(document, input.ShardFilter) };
}

function nextPage(state: KinesisState, input: Input<ListShardsInput>, token: string, call: Call): Page {
  const also = [
    input.StreamName,
    input.StreamARN,
    input.StreamCreationTimestamp,
    input.ExclusiveStartShardId,
    input.ShardFilter,
  ];
  if (also.some((member) => member !== undefined))
    throw invalidArgument(
      "NextToken cannot be specified together with StreamName, StreamARN, StreamCreationTimestamp, ExclusiveStartShardId or ShardFilter.",
    );
  return openPage<Page>(state, call, token);
}
