import type { ServiceError } from "../../core/errors.ts";
import type { HttpRequest, HttpResponse } from "../http.ts";
import type { OperationModel, ServiceModel } from "../model/service-model.ts";
import type { Shape } from "../model/shape.ts";
import { JsonReaders } from "../shape/json-reader.ts";
import { JsonScan } from "../shape/json-scan.ts";
import { JsonWriters } from "../shape/json-writer.ts";
import { Validators } from "../shape/validator.ts";
import { type EventPayloads, eventMessages, eventStreamType } from "./event-output.ts";
import type { Protocol } from "./protocol.ts";
import { queryErrorHeader } from "./query-error.ts";
import { initialResponse } from "./rpc-output.ts";
import { checkInput } from "./violation.ts";
import { wireError } from "./wire-error.ts";

type AwsJsonName = "awsJson1_0" | "awsJson1_1";

/** AWS JSON 1.0 and 1.1: the operation in `x-amz-target`, input and output as JSON bodies. */
export class AwsJsonProtocol implements Protocol {
  readonly name: AwsJsonName;
  readonly #contentType: string;
  readonly #readers = new JsonReaders({ jsonNames: false });
  readonly #writers = new JsonWriters({ jsonNames: false });
  readonly #validators = new Validators();

  constructor(name: AwsJsonName) {
    this.name = name;
    this.#contentType = name === "awsJson1_0" ? "application/x-amz-json-1.0" : "application/x-amz-json-1.1";
  }

  readInput(model: ServiceModel, operation: OperationModel, request: HttpRequest): unknown {
    const shape = operation.input;
    // Some clients send no body at all for an operation that needs no member.
    if (shape === undefined || request.body.length === 0) {
      checkInput(this.#validators, model, operation, {});
      return {};
    }
    const scan = new JsonScan(request.body);
    const input = this.#readers.reader(shape)(scan);
    scan.end();
    checkInput(this.#validators, model, operation, input);
    return input;
  }

  writeOutput(
    model: ServiceModel,
    operation: OperationModel,
    output: unknown,
    requestId: string,
  ): HttpResponse {
    const headers = { "x-amzn-requestid": requestId, "content-type": this.#contentType };
    if (operation.outputEvents !== undefined) {
      const initial = initialResponse(operation, output);
      const body = eventMessages(model, operation, output, this.#payloads(), initial);
      return { status: 200, headers: { ...headers, "content-type": eventStreamType }, body };
    }
    // An operation without output answers an empty body, as Kinesis and KMS do.
    if (operation.output === undefined) return { status: 200, headers, body: Buffer.alloc(0) };
    return { status: 200, headers, body: this.#writers.encode(operation.output, output ?? {}) };
  }

  writeError(
    model: ServiceModel | undefined,
    _operation: OperationModel | undefined,
    error: ServiceError,
    requestId: string,
  ): HttpResponse {
    const wire = wireError(model, error);
    const type =
      this.name === "awsJson1_0" && wire.shape !== undefined
        ? `${errorNamespace(model)}#${wire.code}`
        : wire.code;
    const members =
      wire.shape === undefined ? "{}" : this.#writers.encode(wire.shape, wire.members).toString();
    return {
      status: wire.status,
      headers: {
        "x-amzn-requestid": requestId,
        "content-type": this.#contentType,
        ...queryErrorHeader(model, wire),
      },
      body: errorBody(type, wire.namesMessage ? undefined : wire.message, members),
    };
  }

  #payloads(): EventPayloads {
    return {
      contentType: this.#contentType,
      encode: (shape: Shape, value: unknown) => this.#writers.encode(shape, value),
      encodeUnmodelled: (code, message) => Buffer.from(JSON.stringify({ __type: code, message })),
    };
  }
}

/** DynamoDB has kept the version of its API in the name. */
function errorNamespace(model: ServiceModel | undefined): string {
  const { namespace = "", apiVersion = "" } = model?.facts ?? {};
  return namespace === "com.amazonaws.dynamodb"
    ? `${namespace}.v${apiVersion.replaceAll("-", "")}`
    : namespace;
}

/** `{"__type":...,"message":...}` and the modelled members; `members` is a JSON object. */
function errorBody(type: string, message: string | undefined, members: string): string {
  const named = message === undefined ? "" : `,"message":${JSON.stringify(message)}`;
  const modelled = members === "{}" ? "" : `,${members.slice(1, -1)}`;
  return `{"__type":${JSON.stringify(type)}${named}${modelled}}`;
}
