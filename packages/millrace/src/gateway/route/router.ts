import { ServiceError } from "../../core/errors.ts";
import type { HttpRequest } from "../http.ts";
import type { ModelLibrary } from "../model/model-library.ts";
import type { Protocols } from "../protocol/protocols.ts";
import { type Route, RouteError } from "./route.ts";
import { TargetTable } from "./target-table.ts";

/** Finds out which operation of which service a request asks for, and in which protocol. */
export class Router {
  readonly #protocols: Protocols;
  readonly #targets: TargetTable;

  constructor(library: ModelLibrary, protocols: Protocols) {
    this.#protocols = protocols;
    this.#targets = new TargetTable(library, protocols);
  }

  /** Throws a `RouteError` when there is no such operation. */
  route(request: HttpRequest): Route {
    const target = request.headers["x-amz-target"];
    if (target !== undefined) return this.#targets.route(target, request);
    const error = new ServiceError("MissingAction", "The request does not name an operation.");
    throw new RouteError(error, this.#protocols.awsJson1_1);
  }
}
