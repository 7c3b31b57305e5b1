import type { ListDeliveryStreamsInput, ListDeliveryStreamsOutput } from "@aws-sdk/client-firehose";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { limits } from "../limits.ts";
import type { FirehoseState } from "../state.ts";

export function listDeliveryStreams(
  { streams }: FirehoseState,
  input: Input<ListDeliveryStreamsInput>,
  { account, region }: Call,
): ListDeliveryStreamsOutput {
  const { ExclusiveStartDeliveryStreamName: after = "", DeliveryStreamType: type } = input;
  const names = streams
    .list(account, region)
    .filter(({ document }) => type === undefined || type === typeOf(document.source.kind))
    .map(({ document }) => document.name)
    .filter((name) => name > after);
  const page = names.slice(0, input.Limit ?? limits.listedStreams);
  return { DeliveryStreamNames: page, HasMoreDeliveryStreams: page.length < names.length };
}

function typeOf(kind: "directPut" | "kinesis"): string {
  return kind === "kinesis" ? "KinesisStreamAsSource" : "DirectPut";
}
