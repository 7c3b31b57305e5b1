import type { ServiceError } from "../../core/errors.ts";
import type { HttpRequest, HttpResponse } from "../http.ts";
import type { OperationModel, ServiceModel } from "../model/service-model.ts";
import type { Member, StructureShape } from "../model/shape.ts";
import { JsonReaders } from "../shape/json-reader.ts";
import { JsonScan } from "../shape/json-scan.ts";
import { JsonSink } from "../shape/json-sink.ts";
import { JsonWriters } from "../shape/json-writer.ts";
import { Validators } from "../shape/validator.ts";
import { BindingTable, type HttpBindings } from "./http-bindings.ts";
import { OperationPaths } from "./operation-path.ts";
import type { Protocol } from "./protocol.ts";
import { bodyStream, readBoundInput } from "./rest-input.ts";
import { boundHeaders, outputStatus } from "./rest-output.ts";
import { checkInput } from "./violation.ts";
import { type WireError, wireError } from "./wire-error.ts";

type Values = Readonly<Record<string, unknown>>;

/** REST with JSON bodies: members in the path, the query, headers and the body. */
export class RestJsonProtocol implements Protocol {
  readonly name = "restJson1";
  readonly #bindings = new BindingTable();
  readonly #paths = new OperationPaths();
  readonly #readers = new JsonReaders({ jsonNames: true });
  readonly #writers = new JsonWriters({ jsonNames: true });
  readonly #validators = new Validators();

  readInput(model: ServiceModel, operation: OperationModel, request: HttpRequest): unknown {
    if (operation.input === undefined) return {};
    const bindings = this.#bindings.of(operation.input);
    const bound = readBoundInput(bindings, request, this.#paths.labels(operation, request));
    // Members of the body come first, so that a body cannot replace what the path says.
    const input = { ...this.#readBody(operation.input, bindings, request), ...bound };
    checkInput(this.#validators, model, operation, input);
    return input;
  }

  #readBody(shape: StructureShape, bindings: HttpBindings, request: HttpRequest): Values {
    if (bindings.payload !== undefined) return this.#readPayload(bindings.payload, request);
    if (bindings.body.length === 0 || request.body.length === 0) return {};
    const body = this.#parse(shape, request.body) as Record<string, unknown>;
    const allowed = new Set(bindings.body.map((member) => member.name));
    return Object.fromEntries(Object.entries(body).filter(([name]) => allowed.has(name)));
  }

  #readPayload(member: Member, request: HttpRequest): Values {
    const { shape } = member;
    if (shape.kind === "blob") return { [member.name]: shape.streaming ? bodyStream(request) : request.body };
    if (request.body.length === 0) return {};
    if (shape.kind === "string") return { [member.name]: request.body.toString("utf8") };
    return { [member.name]: this.#parse(shape, request.body) };
  }

  #parse(shape: Member["shape"], body: Buffer): unknown {
    const scan = new JsonScan(body);
    const value = this.#readers.reader(shape)(scan);
    scan.end();
    return value;
  }

  writeOutput(
    _model: ServiceModel,
    operation: OperationModel,
    output: unknown,
    requestId: string,
  ): HttpResponse {
    const headers = { "x-amzn-requestid": requestId, "content-type": "application/json" };
    const status = operation.http?.status ?? 200;
    if (operation.output === undefined) return { status, headers, body: "{}" };
    const bindings = this.#bindings.of(operation.output);
    const values = (output ?? {}) as Values;
    return {
      status: outputStatus(bindings, values, status),
      headers: { ...headers, ...boundHeaders(bindings, values) },
      body: this.#writeBody(bindings, values),
    };
  }

  #writeBody(bindings: HttpBindings, output: Values): HttpResponse["body"] {
    const { payload } = bindings;
    if (payload === undefined) return this.#encodeMembers(bindings.body, output);
    const value = output[payload.name];
    if (value === undefined || value === null) return Buffer.alloc(0);
    if (payload.shape.kind === "blob") return value as Buffer | AsyncIterable<Uint8Array>;
    if (payload.shape.kind === "string") return String(value);
    return this.#writers.encode(payload.shape, value);
  }

  #encodeMembers(members: readonly Member[], values: Values): Buffer {
    const sink = new JsonSink(512);
    this.#writers.members(members)(sink, values);
    return sink.finish();
  }

  writeError(
    model: ServiceModel | undefined,
    _operation: OperationModel | undefined,
    error: ServiceError,
    requestId: string,
  ): HttpResponse {
    const wire = wireError(model, error);
    return {
      status: wire.status,
      headers: {
        "x-amzn-requestid": requestId,
        "x-amzn-errortype": wire.code,
        "content-type": "application/json",
        ...(wire.shape === undefined ? {} : boundHeaders(this.#bindings.of(wire.shape), wire.members)),
      },
      body: this.#errorBody(wire),
    };
  }

  #errorBody(wire: WireError): HttpResponse["body"] {
    if (wire.shape === undefined || !wire.namesMessage) return JSON.stringify({ message: wire.message });
    return this.#encodeMembers(this.#bindings.of(wire.shape).body, wire.members);
  }
}
