import type { ServiceError } from "../../core/errors.ts";
import type { HttpRequest, HttpResponse } from "../http.ts";
import type { OperationModel, ServiceModel } from "../model/service-model.ts";
import type { ProtocolName } from "../service.ts";

/** How inputs, outputs and errors look on the wire. */
export interface Protocol {
  readonly name: ProtocolName;
  /** Throws a `ServiceError` for anything that is not a valid input of the operation. */
  readInput(model: ServiceModel, operation: OperationModel, request: HttpRequest): unknown;
  /** The body of an operation with an event stream is an `AsyncIterable`. */
  writeOutput(
    model: ServiceModel,
    operation: OperationModel,
    output: unknown,
    requestId: string,
  ): HttpResponse;
  /** `model` and `operation` are undefined when routing failed before they were known. */
  writeError(
    model: ServiceModel | undefined,
    operation: OperationModel | undefined,
    error: ServiceError,
    requestId: string,
  ): HttpResponse;
}
