import type { ServiceError } from "../../core/errors.ts";
import type { OperationModel, ServiceModel } from "../model/service-model.ts";
import type { Protocol } from "../protocol/protocol.ts";

/** What a request asks for, and how it speaks. */
export interface Route {
  /** AWS service id and folder name: `kinesis`. */
  readonly service: string;
  readonly operation: string;
  readonly protocol: Protocol;
  readonly model: ServiceModel;
  readonly operationModel: OperationModel;
}

/** No operation was found; `protocol` is the one to answer in. */
export class RouteError extends Error {
  override readonly name = "RouteError";
  readonly error: ServiceError;
  readonly protocol: Protocol;
  /** Known when only the operation was wrong. */
  readonly model: ServiceModel | undefined;

  constructor(error: ServiceError, protocol: Protocol, model?: ServiceModel) {
    super(error.message);
    this.error = error;
    this.protocol = protocol;
    this.model = model;
  }
}
