import { ServiceError } from "../../core/errors.ts";
import type { OperationModel, ServiceModel } from "../model/service-model.ts";
import type { Member, Shape, StructureShape } from "../model/shape.ts";
import { type EventHeaders, encodeEvent } from "../shape/event-stream.ts";
import { wireError } from "./wire-error.ts";

/** How a protocol writes a value into an event. */
export interface EventPayloads {
  readonly contentType: string;
  encode(shape: Shape, value: unknown): Buffer;
  /** The body of an exception that the model does not have. */
  encodeUnmodelled(code: string, message: string): Buffer;
}

export const eventStreamType = "application/vnd.amazon.eventstream";

/**
 * The messages of an output with an event stream: `initial-response` with the other members (RPC
 * protocols only), then one message an event. An error ends the stream with an exception message, which
 * clients throw; anything that is not a `ServiceError` is thrown on, so that the gateway can log it.
 */
export async function* eventMessages(
  model: ServiceModel,
  operation: OperationModel,
  output: unknown,
  payloads: EventPayloads,
  initial: { readonly shape: StructureShape; readonly value: unknown } | undefined,
): AsyncGenerator<Uint8Array> {
  const member = operation.outputEvents;
  if (member === undefined || member.shape.kind !== "structure") return;
  if (initial !== undefined) {
    const headers = eventHeaders("initial-response", payloads.contentType);
    yield encodeEvent(headers, payloads.encode(initial.shape, initial.value));
  }
  const events = (output as Readonly<Record<string, unknown>>)[member.name] as AsyncIterable<object>;
  try {
    for await (const event of events) yield encodeUnionEvent(member.shape, event, payloads);
  } catch (thrown) {
    if (!(thrown instanceof ServiceError)) throw thrown;
    yield errorMessage(model, member.shape, thrown, payloads);
  }
}

/** An event is a union: one member names the event and holds its value. */
function encodeUnionEvent(union: StructureShape, event: object, payloads: EventPayloads): Buffer {
  const [name, value] = Object.entries(event).find(([, item]) => item !== undefined) ?? ["", undefined];
  const member = union.member(name);
  if (member === undefined || member.shape.kind !== "structure") {
    throw new TypeError(`${union.name} has no event called ${name}`);
  }
  if (member.shape.traits.error !== undefined) {
    return encodeEvent(exceptionHeaders(name, payloads.contentType), payloads.encode(member.shape, value));
  }
  return encodeMemberEvent(name, member.shape, value as Readonly<Record<string, unknown>>, payloads);
}

function encodeMemberEvent(
  name: string,
  shape: StructureShape,
  value: Readonly<Record<string, unknown>>,
  payloads: EventPayloads,
): Buffer {
  const payload = shape.members.find((member) => member.traits.eventPayload === 1);
  if (payload === undefined)
    return encodeEvent(eventHeaders(name, payloads.contentType), payloads.encode(shape, value));
  const item = value[payload.name];
  const { contentType, bytes } = encodePayload(payload, item, payloads);
  return encodeEvent(eventHeaders(name, contentType), bytes);
}

/** Blobs and strings are sent as they are; structures in the protocol's format. */
function encodePayload(
  member: Member,
  value: unknown,
  payloads: EventPayloads,
): { readonly contentType: string; readonly bytes: Uint8Array } {
  if (value === undefined || value === null)
    return { contentType: payloads.contentType, bytes: Buffer.alloc(0) };
  if (member.shape.kind === "blob") {
    return { contentType: "application/octet-stream", bytes: value as Uint8Array };
  }
  if (member.shape.kind === "string") return { contentType: "text/plain", bytes: Buffer.from(String(value)) };
  return { contentType: payloads.contentType, bytes: payloads.encode(member.shape, value) };
}

/** An exception that the stream declares is one; any other error says in headers what it is. */
function errorMessage(
  model: ServiceModel,
  union: StructureShape,
  error: ServiceError,
  payloads: EventPayloads,
): Buffer {
  const wire = wireError(model, error);
  if (wire.shape !== undefined && union.member(wire.code) !== undefined) {
    const body = payloads.encode(wire.shape, wire.members);
    return encodeEvent(exceptionHeaders(wire.code, payloads.contentType), body);
  }
  const headers = { ":message-type": "error", ":error-code": wire.code, ":error-message": wire.message };
  return encodeEvent(headers, payloads.encodeUnmodelled(wire.code, wire.message));
}

function eventHeaders(name: string, contentType: string): EventHeaders {
  return { ":message-type": "event", ":event-type": name, ":content-type": contentType };
}

/** Not `event`: clients would hand the exception to the application as data instead of throwing it. */
function exceptionHeaders(name: string, contentType: string): EventHeaders {
  return { ":message-type": "exception", ":exception-type": name, ":content-type": contentType };
}
