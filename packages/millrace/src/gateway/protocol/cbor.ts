import type { ServiceError } from "../../core/errors.ts";
import type { HttpRequest, HttpResponse } from "../http.ts";
import type { OperationModel, ServiceModel } from "../model/service-model.ts";
import type { Shape } from "../model/shape.ts";
import { CborReaders } from "../shape/cbor-reader.ts";
import { CborScan } from "../shape/cbor-scan.ts";
import { CborSink } from "../shape/cbor-sink.ts";
import { CborWriters } from "../shape/cbor-writer.ts";
import { Validators } from "../shape/validator.ts";
import { type EventPayloads, eventMessages, eventStreamType } from "./event-output.ts";
import type { Protocol } from "./protocol.ts";
import { queryErrorHeader } from "./query-error.ts";
import { initialResponse } from "./rpc-output.ts";
import { checkInput } from "./violation.ts";
import { wireError } from "./wire-error.ts";

type CborName = "awsCbor1_1" | "rpcv2Cbor";

/**
 * Two protocols with CBOR bodies. `awsCbor1_1` is AWS JSON in another notation (the operation in
 * `x-amz-target`, timestamps in milliseconds) and what Java clients speak to Kinesis; `rpcv2Cbor` names
 * the operation in the path and counts seconds.
 */
export class CborProtocol implements Protocol {
  readonly name: CborName;
  readonly #contentType: string;
  readonly #readers: CborReaders;
  readonly #writers: CborWriters;
  readonly #validators = new Validators();

  constructor(name: CborName) {
    this.name = name;
    const timestamps = name === "rpcv2Cbor" ? "seconds" : "milliseconds";
    this.#contentType = name === "rpcv2Cbor" ? "application/cbor" : "application/x-amz-cbor-1.1";
    this.#readers = new CborReaders({ timestamps });
    this.#writers = new CborWriters({ timestamps });
  }

  readInput(model: ServiceModel, operation: OperationModel, request: HttpRequest): unknown {
    const shape = operation.input;
    if (shape === undefined || request.body.length === 0) {
      checkInput(this.#validators, model, operation, {});
      return {};
    }
    const scan = new CborScan(request.body);
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
    const headers = this.#headers(requestId);
    if (operation.outputEvents !== undefined) {
      const initial = initialResponse(operation, output);
      const body = eventMessages(model, operation, output, this.#payloads(), initial);
      return { status: 200, headers: { ...headers, "content-type": eventStreamType }, body };
    }
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
    const full = this.name === "rpcv2Cbor" && wire.shape !== undefined;
    const type = full ? `${model?.facts.namespace}#${wire.code}` : wire.code;
    const members = wire.shape === undefined ? undefined : this.#writers.encode(wire.shape, wire.members);
    return {
      status: wire.status,
      headers: {
        ...this.#headers(requestId),
        ...(this.name === "awsCbor1_1" ? { "x-amzn-errortype": wire.code } : {}),
        ...queryErrorHeader(model, wire),
      },
      body: errorBody(type, wire.namesMessage ? undefined : wire.message, members),
    };
  }

  #headers(requestId: string): Record<string, string> {
    return {
      "x-amzn-requestid": requestId,
      "content-type": this.#contentType,
      ...(this.name === "rpcv2Cbor" ? { "smithy-protocol": "rpc-v2-cbor" } : {}),
    };
  }

  #payloads(): EventPayloads {
    return {
      contentType: this.#contentType,
      encode: (shape: Shape, value: unknown) => this.#writers.encode(shape, value),
      encodeUnmodelled: (code, message) => errorBody(code, message, undefined),
    };
  }
}

/** A map of `__type`, `message` and the modelled members; `members` is a map of indefinite length. */
function errorBody(type: string, message: string | undefined, members: Buffer | undefined): Buffer {
  const sink = new CborSink(256);
  sink.byte(0xbf);
  sink.text("__type");
  sink.text(type);
  if (message !== undefined) {
    sink.text("message");
    sink.text(message);
  }
  if (members !== undefined) sink.raw(members.subarray(1, -1));
  sink.byte(0xff);
  return sink.finish();
}
