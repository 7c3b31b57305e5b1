import type { ListStreamConsumersInput, ListStreamConsumersOutput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { describeConsumer } from "../consumer.ts";
import type { StreamDocument } from "../document.ts";
import { invalidArgument } from "../errors.ts";
import { checkCreationTime, openPage, sealPage } from "../page.ts";
import type { KinesisState } from "../state.ts";
import { findStream } from "../stream-lookup.ts";

/** The most consumers in one answer. */
const maxConsumers = 100;

export function listStreamConsumers(
  state: KinesisState,
  input: Input<ListStreamConsumersInput>,
  call: Call,
): ListStreamConsumersOutput {
  const { document } = findStream(state, input, call);
  checkCreationTime(document, input.StreamCreationTimestamp);
  const after = input.NextToken === undefined ? "" : tokenName(state, document, input.NextToken, call);
  const rest = [...document.consumers]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .filter(({ name }) => name > after);
  const page = rest.slice(0, Math.min(input.MaxResults ?? maxConsumers, maxConsumers));
  const last = page.at(-1);
  const { account, region, name: stream } = document;
  return {
    Consumers: page.map((consumer) => describeConsumer({ account, region, stream }, consumer)),
    ...(last !== undefined && page.length < rest.length
      ? { NextToken: sealPage(state, call, { streamId: document.id, after: last.name }) }
      : {}),
  };
}

function tokenName(state: KinesisState, document: StreamDocument, token: string, call: Call): string {
  const page = openPage<{ readonly streamId: string; readonly after: string }>(state, call, token);
  if (page.streamId !== document.id) throw invalidArgument("NextToken was made for another stream.");
  return page.after;
}
