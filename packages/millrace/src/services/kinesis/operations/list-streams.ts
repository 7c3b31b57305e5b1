import type { ListStreamsInput, ListStreamsOutput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { openPage, sealPage } from "../page.ts";
import type { KinesisState } from "../state.ts";

export function listStreams(
  state: KinesisState,
  input: Input<ListStreamsInput>,
  call: Call,
): ListStreamsOutput {
  const after =
    input.NextToken === undefined
      ? (input.ExclusiveStartStreamName ?? "")
      : tokenName(state, input.NextToken, call);
  const rest = state.streams.list(call.account, call.region).filter(({ document }) => document.name > after);
  const page = rest.slice(0, input.Limit ?? 100);
  const last = page.at(-1)?.document.name;
  const hasMore = page.length < rest.length;
  return {
    StreamNames: page.map(({ document }) => document.name),
    HasMoreStreams: hasMore,
    ...(hasMore && last !== undefined ? { NextToken: sealPage(state, call, { after: last }) } : {}),
    StreamSummaries: page.map(({ document, arn }) => ({
      StreamName: document.name,
      StreamARN: arn,
      StreamStatus: document.status,
      StreamModeDetails: { StreamMode: document.mode },
      StreamCreationTimestamp: new Date(document.createdMs),
    })),
  };
}

function tokenName(state: KinesisState, token: string, call: Call): string {
  return openPage<{ readonly after: string }>(state, call, token).after;
}
