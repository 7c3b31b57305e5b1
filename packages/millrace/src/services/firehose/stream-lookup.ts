import type { Call } from "../../gateway/call.ts";
import { deliveryStreamArn } from "./arn.ts";
import type { DeliveryStream } from "./delivery-stream.ts";
import { invalidArgument, streamNotActive, streamNotFound } from "./errors.ts";
import type { FirehoseState } from "./state.ts";

interface Reference {
  readonly DeliveryStreamName: string;
}

/** The stream that an input names, in whatever state it is. */
export function findStream(
  { streams }: Pick<FirehoseState, "streams">,
  { DeliveryStreamName: name }: Reference,
  { account, region }: Pick<Call, "account" | "region">,
): DeliveryStream {
  const stream = streams.get(account, region, name);
  if (stream === undefined) throw streamNotFound(name, account);
  return stream;
}

/** The stream that an input names when records are put into it. */
export function findDirectPut(
  state: FirehoseState,
  reference: Reference,
  call: Pick<Call, "account" | "region">,
): DeliveryStream {
  const stream = findStream(state, reference, call);
  const { status, source, name, account } = stream.document;
  if (source.kind === "kinesis")
    throw invalidArgument("This operation is not permitted on KinesisStreamAsSource delivery stream type.");
  if (status !== "ACTIVE") throw streamNotActive(name, account);
  return stream;
}

/** For the policy engine: the ARN of the stream that an input names, there or not. */
export function streamResource(
  _state: FirehoseState,
  { DeliveryStreamName: name }: Reference,
  { account, region }: Call,
): readonly string[] {
  return [deliveryStreamArn({ account, region, name })];
}

/** For the policy engine: an action that has no resource of its own. */
export function noResource(): readonly string[] {
  return ["*"];
}
