import { ServiceError } from "../../core/errors.ts";
import type { HttpRequest, HttpResponse } from "../http.ts";
import type { OperationModel, ServiceModel } from "../model/service-model.ts";
import type { Member, Shape, StructureShape } from "../model/shape.ts";
import { Validators } from "../shape/validator.ts";
import { readXml } from "../shape/xml-reader.ts";
import { malformedXml, parseXml } from "../shape/xml-tree.ts";
import { rootName, writeXml, writeXmlMembers, XmlSink } from "../shape/xml-writer.ts";
import { type EventPayloads, eventMessages, eventStreamType } from "./event-output.ts";
import { BindingTable, type HttpBindings } from "./http-bindings.ts";
import type { Protocol } from "./protocol.ts";
import { bodyStream, readBoundInput } from "./rest-input.ts";
import { boundHeaders, outputStatus } from "./rest-output.ts";
import { s3Address } from "./s3-address.ts";
import { checkBodyDigest, readExtras, s3Headers, s3Status } from "./s3-extras.ts";
import { decodePercent, UriPattern } from "./uri-pattern.ts";
import { checkInput } from "./violation.ts";
import { wireError } from "./wire-error.ts";

type Values = Readonly<Record<string, unknown>>;

const xmlHeader = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** REST with XML bodies, which is S3: the bucket is in the host or the path and in no URI pattern. */
export class RestXmlProtocol implements Protocol {
  readonly name = "restXml";
  readonly #bindings = new BindingTable();
  readonly #patterns = new WeakMap<OperationModel, UriPattern>();
  readonly #validators = new Validators();

  readInput(model: ServiceModel, operation: OperationModel, request: HttpRequest): unknown {
    if (operation.input === undefined) return {};
    const bindings = this.#bindings.of(operation.input);
    if (operation.inputStream === undefined) checkBodyDigest(request);
    const input = {
      ...readExtras(request),
      ...readBody(operation.input, bindings, request),
      ...readHead(bindings, request, this.#labels(operation, request)),
    };
    checkInput(this.#validators, model, operation, input);
    return input;
  }

  #labels(operation: OperationModel, request: HttpRequest): ReadonlyMap<string, string> {
    const pattern = this.#pattern(operation);
    if (operation.input?.member("Bucket")?.traits.httpLabel !== 1) {
      return pattern.match(request.path.slice(1)) ?? new Map();
    }
    const { bucket, key } = s3Address(request);
    const labels = new Map<string, string>();
    const decodedBucket = decodePercent(bucket ?? "");
    // A key may end in a slash or hold empty segments, so it is what is left and not a match.
    const decodedKey = decodePercent(key);
    if (decodedKey === undefined || decodedBucket === undefined)
      throw new ServiceError("InvalidURI", "Couldn't parse the specified URI.", {
        members: { URI: request.path },
      });
    if (decodedBucket !== "") labels.set("Bucket", decodedBucket);
    const [keyLabel] = pattern.labels;
    if (keyLabel !== undefined && decodedKey !== "") labels.set(keyLabel, decodedKey);
    return labels;
  }

  #pattern(operation: OperationModel): UriPattern {
    const known = this.#patterns.get(operation);
    if (known !== undefined) return known;
    const pattern = new UriPattern(operation.http?.uri ?? "/");
    this.#patterns.set(operation, pattern);
    return pattern;
  }

  writeOutput(
    model: ServiceModel,
    operation: OperationModel,
    output: unknown,
    requestId: string,
  ): HttpResponse {
    const status = operation.http?.status ?? 200;
    const headers = requestHeaders(requestId);
    if (operation.outputEvents !== undefined) {
      const body = eventMessages(model, operation, output, xmlPayloads, undefined);
      return { status, headers: { ...headers, "content-type": eventStreamType }, body };
    }
    if (operation.output === undefined) return { status, headers, body: Buffer.alloc(0) };
    const bindings = this.#bindings.of(operation.output);
    const values = (output ?? {}) as Values;
    const body = writeBody(model, operation.output, bindings, values);
    const contentType = typeof body === "string" ? { "content-type": "application/xml" } : {};
    return {
      status: s3Status(values) ?? outputStatus(bindings, values, status),
      headers: { ...headers, ...contentType, ...s3Headers(boundHeaders(bindings, values)) },
      body: operation.http?.method === "HEAD" ? Buffer.alloc(0) : body,
    };
  }

  writeError(
    model: ServiceModel | undefined,
    operation: OperationModel | undefined,
    error: ServiceError,
    requestId: string,
  ): HttpResponse {
    const wire = wireError(model, error);
    const headers = { ...requestHeaders(requestId), ...error.headers };
    // The answer to HEAD has no body; clients then go by the status. Neither has "not modified".
    if (operation?.http?.method === "HEAD" || wire.status === 304)
      return { status: wire.status, headers, body: Buffer.alloc(0) };
    const sink = new XmlSink();
    sink.element("Error", "", () => {
      sink.leaf("Code", wire.code);
      sink.leaf("Message", wire.message);
      writeDetails(sink, error, wire.shape);
      sink.leaf("RequestId", requestId);
      sink.leaf("HostId", hostId(requestId));
    });
    return {
      status: wire.status,
      headers: { ...headers, "content-type": "application/xml" },
      body: xmlHeader + sink.finish(),
    };
  }
}

/** S3 tells the bucket, the key and the like even in errors that the model says nothing about. */
function writeDetails(sink: XmlSink, error: ServiceError, shape: StructureShape | undefined): void {
  for (const [name, value] of Object.entries(error.members)) {
    const member = shape?.member(name);
    if (value === undefined || value === null) continue;
    if (member !== undefined) writeXml(sink, member.traits.xmlName ?? name, member, value);
    else sink.leaf(name, String(value));
  }
}

function readBody(input: StructureShape, bindings: HttpBindings, request: HttpRequest): Values {
  const { payload } = bindings;
  if (payload === undefined) return readBodyMembers(input, bindings, request);
  const { shape } = payload;
  if (shape.kind === "blob") return { [payload.name]: shape.streaming ? bodyStream(request) : request.body };
  if (request.body.length === 0) return {};
  if (shape.kind === "string") return { [payload.name]: request.body.toString("utf8") };
  return { [payload.name]: readXmlBody(shape, request.body) };
}

/** What is wrong outside the body is an invalid argument to S3. */
function readHead(bindings: HttpBindings, request: HttpRequest, labels: ReadonlyMap<string, string>): Values {
  try {
    return readBoundInput(bindings, request, labels);
  } catch (thrown) {
    if (!(thrown instanceof ServiceError)) throw thrown;
    throw new ServiceError("InvalidArgument", thrown.message, { cause: thrown });
  }
}

function readBodyMembers(input: StructureShape, bindings: HttpBindings, request: HttpRequest): Values {
  if (bindings.body.length === 0 || request.body.length === 0) return {};
  const body = readXmlBody(input, request.body) as Values;
  return Object.fromEntries(bindings.body.map((member) => [member.name, body[member.name]]));
}

/** S3 calls a value of the wrong type malformed XML too. */
function readXmlBody(shape: Shape, body: Buffer): unknown {
  const root = parseXml(body);
  try {
    return readXml(shape, root);
  } catch (thrown) {
    throw thrown instanceof ServiceError ? malformedXml(thrown) : thrown;
  }
}

function writeBody(
  model: ServiceModel,
  shape: StructureShape,
  bindings: HttpBindings,
  output: Values,
): HttpResponse["body"] {
  const { payload } = bindings;
  if (payload === undefined)
    return bindings.body.length === 0 ? Buffer.alloc(0) : writeMembers(model, shape, bindings, output);
  const value = output[payload.name];
  if (value === undefined || value === null) return Buffer.alloc(0);
  if (payload.shape.kind === "blob") return value as Buffer | AsyncIterable<Uint8Array>;
  if (payload.shape.kind === "string") return Buffer.from(String(value));
  const sink = new XmlSink();
  const namespace = model.facts.xmlNamespace ?? "";
  const place = {
    shape: payload.shape,
    traits: { ...payload.traits, xmlNamespace: ["", namespace] as const },
  };
  writeXml(sink, rootName(payload, payload.name), place, value);
  return xmlHeader + sink.finish();
}

function writeMembers(
  model: ServiceModel,
  shape: StructureShape,
  bindings: HttpBindings,
  output: Values,
): string {
  const sink = new XmlSink();
  const name = rootName({ shape, traits: {} }, shape.name);
  const namespace = ` xmlns="${model.facts.xmlNamespace ?? ""}"`;
  const [only, second] = bindings.body;
  // GetBucketLocation answers the bare value: its one member and its root are the same element.
  if (only !== undefined && second === undefined && isSameElement(only, name)) {
    sink.leaf(name, String(output[only.name] ?? ""), namespace);
  } else sink.element(name, namespace, () => writeXmlMembers(sink, bindings.body, output));
  return xmlHeader + sink.finish();
}

function isSameElement(member: Member, name: string): boolean {
  return (member.traits.xmlName ?? member.name) === name && member.shape.kind === "string";
}

const xmlPayloads: EventPayloads = {
  contentType: "text/xml",
  encode(shape, value) {
    const sink = new XmlSink();
    writeXml(sink, rootName({ shape, traits: {} }, "Payload"), { shape, traits: {} }, value);
    return Buffer.from(sink.finish());
  },
  encodeUnmodelled(code, message) {
    const sink = new XmlSink();
    sink.element("Error", "", () => {
      sink.leaf("Code", code);
      sink.leaf("Message", message);
    });
    return Buffer.from(sink.finish());
  },
};

function requestHeaders(requestId: string): Record<string, string> {
  return { "x-amz-request-id": requestId, "x-amz-id-2": hostId(requestId) };
}

/** S3's second id tells which machine answered; ours says the same as the first. */
function hostId(requestId: string): string {
  return Buffer.from(requestId).toString("base64");
}
