import type { Call } from "../../gateway/call.ts";
import { consumerArn, parseStreamArn, type StreamAddress, streamArn } from "./arn.ts";
import type { ConsumerDocument } from "./document.ts";
import {
  consumerNotFound,
  invalidArgument,
  resourceNotFound,
  streamNotActive,
  streamNotFound,
} from "./errors.ts";
import { openPage } from "./page.ts";
import type { KinesisState } from "./state.ts";
import type { Stream } from "./stream.ts";

/** The three ways in which an input may name its stream. */
export interface StreamReference {
  readonly StreamName?: string | undefined;
  readonly StreamARN?: string | undefined;
  readonly StreamId?: string | undefined;
}

/** Which stream an input means: its ARN says account and region, a name alone means the caller's own. */
function addressOf(state: KinesisState, reference: StreamReference, call: Call): StreamAddress {
  const { StreamName: name, StreamARN: arn, StreamId: id } = reference;
  if (arn !== undefined) {
    const address = parseStreamArn(arn);
    if (address.consumer !== undefined) throw invalidArgument(`${arn} is not the ARN of a data stream.`);
    if (name !== undefined && name !== address.stream)
      throw invalidArgument(`StreamName ${name} and StreamARN ${arn} name different streams.`);
    return address;
  }
  if (name !== undefined) return { account: call.account, region: call.region, stream: name };
  if (id === undefined) throw invalidArgument("Either StreamName or StreamARN is required.");
  const document = state.streams.byId(id)?.document;
  if (document === undefined)
    throw resourceNotFound(`Stream with id ${id} under account ${call.account} not found.`);
  return { account: document.account, region: document.region, stream: document.name };
}

/** The stream that an input means, in whatever state it is. */
export function findStream(state: KinesisState, reference: StreamReference, call: Call): Stream {
  const { account, region, stream: name } = addressOf(state, reference, call);
  return state.streams.get(account, region, name) ?? fail(streamNotFound(name, account));
}

/** The stream that an input means when it takes and gives records: ACTIVE or UPDATING. */
export function findDataStream(state: KinesisState, reference: StreamReference, call: Call): Stream {
  const stream = findStream(state, reference, call);
  const { name, account, status } = stream.document;
  return status === "ACTIVE" || status === "UPDATING" ? stream : fail(streamNotFound(name, account));
}

/** The stream that an input means when it is to be changed: ACTIVE only. Check again inside the change. */
export function findActiveStream(state: KinesisState, reference: StreamReference, call: Call): Stream {
  const stream = findStream(state, reference, call);
  requireActive(stream);
  return stream;
}

export function requireActive(stream: { readonly document: Stream["document"] }): void {
  const { name, account, status } = stream.document;
  if (status !== "ACTIVE") throw streamNotActive(name, account, status);
}

export interface FoundConsumer {
  readonly stream: Stream;
  readonly consumer: ConsumerDocument;
  readonly arn: string;
}

export interface ConsumerReference {
  readonly StreamARN?: string | undefined;
  readonly ConsumerName?: string | undefined;
  readonly ConsumerARN?: string | undefined;
}

/** The consumer that an input means by its ARN, or by its stream's ARN and its name. */
export function findConsumer(state: KinesisState, reference: ConsumerReference, call: Call): FoundConsumer {
  const { StreamARN, ConsumerName, ConsumerARN } = reference;
  if (ConsumerARN === undefined && (StreamARN === undefined || ConsumerName === undefined))
    throw invalidArgument("Either ConsumerARN, or StreamARN and ConsumerName, are required.");
  const address = parseStreamArn(ConsumerARN ?? StreamARN ?? "");
  checkConsumerReference(reference, address);
  const stream = state.streams.get(address.account, address.region, address.stream);
  const name = address.consumer?.name ?? ConsumerName;
  const consumer = stream?.document.consumers.find(
    (other) =>
      other.name === name &&
      (address.consumer === undefined || other.createdSeconds === address.consumer.createdSeconds),
  );
  if (stream === undefined || consumer === undefined)
    throw consumerNotFound(ConsumerARN ?? `${name} of stream ${address.stream}`, call.account);
  return { stream, consumer, arn: consumerArn(address, consumer) };
}

/** All three ways may be given together, as long as they mean the same consumer. */
function checkConsumerReference(reference: ConsumerReference, address: StreamAddress): void {
  const { StreamARN, ConsumerName, ConsumerARN } = reference;
  if (ConsumerARN === undefined && address.consumer !== undefined)
    throw invalidArgument(`${StreamARN} is not the ARN of a data stream.`);
  if (ConsumerARN === undefined) return;
  if (address.consumer === undefined) throw invalidArgument(`${ConsumerARN} is not the ARN of a consumer.`);
  const isOfStream = StreamARN === undefined || StreamARN === streamArn(address);
  const isOfName = ConsumerName === undefined || ConsumerName === address.consumer.name;
  if (!isOfStream || !isOfName)
    throw invalidArgument("ConsumerARN, StreamARN and ConsumerName name different consumers.");
}

/** A stream or a consumer by its ARN, for tags and policies. */
export function findResource(
  state: KinesisState,
  arn: string,
  call: Call,
): { stream: Stream; consumer?: ConsumerDocument } {
  if (parseStreamArn(arn).consumer === undefined)
    return { stream: findStream(state, { StreamARN: arn }, call) };
  const { stream, consumer } = findConsumer(state, { ConsumerARN: arn }, call);
  return { stream, consumer };
}

/** For the policy engine: the ARN of the stream that an input means, there or not. */
export function streamResource(
  state: KinesisState,
  reference: StreamReference,
  call: Call,
): readonly string[] {
  return [streamArn(addressOf(state, reference, call))];
}

/** For the policy engine: like `streamResource`, for a list whose next pages name the stream in their token alone. */
export function listedResource(
  state: KinesisState,
  input: StreamReference & { readonly NextToken?: string | undefined },
  call: Call,
): readonly string[] {
  if (input.NextToken === undefined) return streamResource(state, input, call);
  const { streamId } = openPage<{ readonly streamId: string }>(state, call, input.NextToken);
  return [state.streams.byId(streamId)?.arn ?? "*"];
}

/** For the policy engine: the ARN of a consumer; without one, that of its name on the stream. */
export function consumerResource(
  state: KinesisState,
  reference: ConsumerReference,
  call: Call,
): readonly string[] {
  if (reference.ConsumerARN !== undefined) return [reference.ConsumerARN];
  return [findConsumer(state, reference, call).arn];
}

/** For the policy engine: the stream that a shard iterator was made for. */
export function iteratorResource(
  state: KinesisState,
  input: { readonly ShardIterator: string; readonly StreamARN?: string | undefined },
): readonly string[] {
  const opened = state.iterators.open(input.ShardIterator);
  return [(opened && state.streams.byId(opened.streamId)?.arn) ?? input.StreamARN ?? "*"];
}

/** For the policy engine: a tagged or policed resource. */
export function namedResource(
  _state: KinesisState,
  input: { readonly ResourceARN: string },
): readonly string[] {
  return [input.ResourceARN];
}

/** For the policy engine: an action that has no resource of its own. */
export function noResource(): readonly string[] {
  return ["*"];
}

function fail(error: Error): never {
  throw error;
}
