import { ServiceError } from "../../core/errors.ts";
import type { HttpRequest } from "../http.ts";
import type { ModelLibrary } from "../model/model-library.ts";
import type { Protocols } from "../protocol/protocols.ts";
import type { ProtocolName } from "../service.ts";
import { type Route, RouteError } from "./route.ts";

/** Content types of the protocols that name the operation in `x-amz-target`. */
const targetProtocols: Readonly<Record<string, ProtocolName>> = {
  "application/x-amz-json-1.0": "awsJson1_0",
  "application/x-amz-json-1.1": "awsJson1_1",
  "application/x-amz-cbor-1.1": "awsCbor1_1",
};

/** Finds operations by their `x-amz-target`: `<target prefix>.<operation>`. */
export class TargetTable {
  readonly #library: ModelLibrary;
  readonly #protocols: Protocols;
  /** Target prefix -> service id. */
  readonly #services = new Map<string, string>();
  /** Content type and whole target -> route, filled as targets are seen: the fast path is one lookup. */
  readonly #routes = new Map<string, Map<string, Route>>();

  constructor(library: ModelLibrary, protocols: Protocols) {
    this.#library = library;
    this.#protocols = protocols;
    for (const [id, facts] of library.services) this.#services.set(facts.targetPrefix, id);
  }

  route(target: string, request: HttpRequest): Route {
    const contentType = request.headers["content-type"] ?? "";
    const known = this.#routes.get(contentType)?.get(target);
    return known ?? this.#resolve(target, contentType);
  }

  /** rpcv2Cbor names the same in its path: `/service/<target prefix>/operation/<operation>`. */
  rpcRoute(path: string): Route {
    const protocol = this.#protocols.rpcv2Cbor;
    const [, name = "", operation = ""] = /\/service\/([^/]+)\/operation\/([^/]+)$/.exec(path) ?? [];
    const service = this.#services.get(name);
    if (service === undefined) throw new RouteError(unknownOperation(), protocol);
    const model = this.#library.model(service);
    const operationModel = model.operation(operation);
    if (operationModel === undefined) throw new RouteError(unknownOperation(), protocol, model);
    return { service, operation, protocol, model, operationModel };
  }

  #resolve(target: string, contentType: string): Route {
    const dot = target.lastIndexOf(".");
    const service = this.#services.get(target.slice(0, dot));
    const operation = target.slice(dot + 1);
    const named = targetProtocols[contentType.split(";", 1)[0]?.trim().toLowerCase() ?? ""];
    if (service === undefined) {
      throw new RouteError(unknownOperation(), this.#protocols[named ?? "awsJson1_1"]);
    }
    const model = this.#library.model(service);
    const own = model.facts.protocol === "awsJson1_0" ? "awsJson1_0" : "awsJson1_1";
    const protocol = this.#protocols[named ?? own];
    const operationModel = model.operation(operation);
    if (operationModel === undefined) throw new RouteError(unknownOperation(), protocol, model);
    const route = { service, operation, protocol, model, operationModel };
    // Only the exact spellings are kept, so that nobody can fill the table with variations.
    if (contentType in targetProtocols) this.#remember(contentType, target, route);
    return route;
  }

  #remember(contentType: string, target: string, route: Route): void {
    const routes = this.#routes.get(contentType) ?? new Map<string, Route>();
    routes.set(target, route);
    this.#routes.set(contentType, routes);
  }
}

export function unknownOperation(): ServiceError {
  return new ServiceError(
    "UnknownOperationException",
    "The requested operation is not recognized by the service.",
    {
      status: 404,
    },
  );
}
