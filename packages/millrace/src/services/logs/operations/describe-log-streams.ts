import type {
  DescribeLogStreamsRequest,
  DescribeLogStreamsResponse,
  LogStream,
} from "@aws-sdk/client-cloudwatch-logs";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { streamArn } from "../arn.ts";
import { invalidParameter } from "../errors.ts";
import type { LogGroupRow, LogStreamRow, StreamPosition } from "../group-table.ts";
import { findGroup } from "../lookup.ts";
import { openPage, sealPage } from "../page.ts";
import { sequenceToken } from "../sequence-token.ts";
import type { LogsState } from "../state.ts";

const defaultLimit = 50;

export function describeLogStreams(
  state: LogsState,
  input: Input<DescribeLogStreamsRequest>,
  call: Call,
): DescribeLogStreamsResponse {
  const { logStreamNamePrefix: prefix = "", orderBy = "LogStreamName", descending = false } = input;
  if (orderBy === "LastEventTime" && prefix !== "")
    throw invalidParameter("Cannot order by LastEventTime with a logStreamNamePrefix.");
  const group = findGroup(state, input, call);
  const filters = { group: group.id, prefix, orderBy, descending };
  const after =
    input.nextToken === undefined
      ? undefined
      : openPage<StreamPosition>(state, call, input.nextToken, filters);
  const streams =
    orderBy === "LastEventTime"
      ? state.groups.streamsByTime(group, after, descending)
      : state.groups.streamsByName(group, after?.name ?? "", descending);
  const limit = input.limit ?? defaultLimit;
  const page: LogStreamRow[] = [];
  for (const stream of streams) {
    if (stream.name.startsWith(prefix)) page.push(stream);
    if (page.length > limit) break;
  }
  const last = page.length > limit ? page[limit - 1] : undefined;
  const position = last && { lastMs: last.lastMs ?? 0, name: last.name };
  return {
    logStreams: page.slice(0, limit).map((stream) => describe(group, stream, call)),
    ...(position === undefined ? {} : { nextToken: sealPage(state, call, position, filters) }),
  };
}

function describe(group: LogGroupRow, stream: LogStreamRow, call: Call): LogStream {
  const { name, createdMs, firstMs, lastMs, ingestedMs } = stream;
  return {
    logStreamName: name,
    creationTime: createdMs,
    ...(firstMs === undefined ? {} : { firstEventTimestamp: firstMs }),
    ...(lastMs === undefined ? {} : { lastEventTimestamp: lastMs }),
    ...(ingestedMs === undefined ? {} : { lastIngestionTime: ingestedMs }),
    uploadSequenceToken: sequenceToken(ingestedMs ?? createdMs),
    arn: streamArn(call, group.name, name),
    // AWS has not counted a stream's bytes since 2019.
    storedBytes: 0,
  };
}
