import { ServiceError } from "../../core/errors.ts";
import type { HttpRequest } from "../http.ts";
import type { ModelLibrary } from "../model/model-library.ts";
import type { ServiceModel } from "../model/service-model.ts";
import { queryParameters } from "../protocol/aws-query.ts";
import type { Protocol } from "../protocol/protocol.ts";
import type { Protocols } from "../protocol/protocols.ts";
import { malformedQuery } from "../shape/form.ts";
import { scopedService } from "./credential-scope.ts";
import { RestTable } from "./rest-table.ts";
import { type Route, RouteError } from "./route.ts";
import { TargetTable, unknownOperation } from "./target-table.ts";

const formType = "application/x-www-form-urlencoded";

/** Names that S3 is signed as, beside its own. */
const s3SigningNames: readonly string[] = ["s3express", "s3-object-lambda", "s3-outposts"];

/**
 * Finds out which operation of which service a request asks for, and in which protocol. The first that
 * says something decides: `x-amz-target`, the rpcv2Cbor path, the service that the request is signed for,
 * `Action` and `Version`, the host, the paths of REST services; whatever is left is S3.
 */
export class Router {
  readonly #library: ModelLibrary;
  readonly #protocols: Protocols;
  readonly #targets: TargetTable;
  readonly #restTables = new Map<string, RestTable>();
  readonly #serviceBySigningName = new Map<string, string>();
  readonly #serviceByVersion = new Map<string, string>();
  readonly #restServices: readonly string[];

  constructor(library: ModelLibrary, protocols: Protocols) {
    this.#library = library;
    this.#protocols = protocols;
    this.#targets = new TargetTable(library, protocols);
    for (const [id, facts] of library.services) {
      this.#serviceBySigningName.set(facts.signingName, id);
      if (speaksQuery(facts)) this.#serviceByVersion.set(facts.apiVersion, id);
    }
    for (const name of s3SigningNames) this.#serviceBySigningName.set(name, "s3");
    this.#restServices = [...library.services.values()]
      .filter((facts) => facts.protocol === "restJson1")
      .map((facts) => facts.id);
  }

  /**
   * True when `route` needs the whole body, because the operation is named in a form. All other requests
   * are routed by their head, so that the body of an upload can stream.
   */
  needsBody(request: Pick<HttpRequest, "method" | "headers" | "query">): boolean {
    if (request.method !== "POST" || request.headers["x-amz-target"] !== undefined) return false;
    if (!(request.headers["content-type"] ?? "").toLowerCase().startsWith(formType)) return false;
    return this.#scoped(request as HttpRequest) !== "s3";
  }

  /** Throws a `RouteError` when there is no such operation. */
  route(request: HttpRequest): Route {
    const target = request.headers["x-amz-target"];
    if (target !== undefined) return this.#targets.route(target, request);
    if (request.headers["smithy-protocol"] === "rpc-v2-cbor") return this.#targets.rpcRoute(request.path);
    const service = this.#scoped(request);
    if (service !== undefined) return this.#within(service, request);
    return this.#unsigned(request);
  }

  #scoped(request: HttpRequest): string | undefined {
    const name = scopedService(request);
    return name === undefined ? undefined : this.#serviceBySigningName.get(name);
  }

  /** The service is known; the operation is found the way its protocol names it. */
  #within(service: string, request: HttpRequest): Route {
    const model = this.#library.model(service);
    if (speaksQuery(model.facts)) return this.#queryRoute(model, request, this.#parameters(model, request));
    if (model.facts.protocol === "restJson1")
      return this.#restRoute(model, this.#protocols.restJson1, request);
    if (model.facts.protocol === "restXml") return this.#restRoute(model, this.#protocols.restXml, request);
    throw new RouteError(unknownOperation(), this.#protocols[model.facts.protocol], model);
  }

  /** Not signed, or for a service that we do not have: the request itself must tell. */
  #unsigned(request: HttpRequest): Route {
    const named = this.#actionService(request);
    if (named !== undefined) return this.#within(named, request);
    const hosted = this.#hostService(request.headers["host"] ?? "");
    if (hosted !== undefined) return this.#within(hosted, request);
    for (const id of this.#restServices) {
      const model = this.#library.model(id);
      const operation = this.#restTable(model).find(request);
      if (operation !== undefined) {
        return {
          service: id,
          operation: operation.name,
          protocol: this.#protocols.restJson1,
          model,
          operationModel: operation,
        };
      }
    }
    return this.#within("s3", request);
  }

  #actionService(request: HttpRequest): string | undefined {
    const isForm = this.needsBody(request);
    if (!isForm && !request.query.includes("Action=")) return undefined;
    const parameters = this.#parameters(undefined, request);
    const version = parameters.get("Version");
    const service = version === undefined ? undefined : this.#serviceByVersion.get(version);
    if (service === undefined && isForm && parameters.has("Action")) {
      throw new RouteError(invalidAction(parameters), this.#protocols.awsQuery);
    }
    return service;
  }

  /** `kinesis.us-east-1.amazonaws.com`, `kinesis.localhost:4566`. */
  #hostService(host: string): string | undefined {
    const name = host.slice(0, host.indexOf(".")).toLowerCase();
    const service = host.includes(".") ? this.#serviceBySigningName.get(name) : undefined;
    // A bucket may be called like a service: `bucket.s3...` is never one.
    return service === undefined || host.includes(".s3.") || host.includes(".s3-") ? undefined : service;
  }

  #parameters(model: ServiceModel | undefined, request: HttpRequest): ReadonlyMap<string, string> {
    try {
      return new Map(queryParameters(request));
    } catch (thrown) {
      const error = thrown instanceof ServiceError ? thrown : malformedQuery();
      throw new RouteError(error, this.#protocols.awsQuery, model);
    }
  }

  #queryRoute(model: ServiceModel, request: HttpRequest, parameters: ReadonlyMap<string, string>): Route {
    const protocol = this.#protocols.awsQuery;
    const operation = parameters.get("Action");
    if (operation === undefined) {
      const message = `The request ${request.method} ${request.path} does not name an Action.`;
      throw new RouteError(new ServiceError("MissingAction", message), protocol, model);
    }
    const operationModel = model.operation(operation);
    if (operationModel === undefined) throw new RouteError(invalidAction(parameters), protocol, model);
    return { service: model.id, operation, protocol, model, operationModel };
  }

  #restRoute(model: ServiceModel, protocol: Protocol, request: HttpRequest): Route {
    const operationModel = this.#restTable(model).find(request);
    if (operationModel !== undefined) {
      return { service: model.id, operation: operationModel.name, protocol, model, operationModel };
    }
    if (model.id !== "s3") throw new RouteError(unknownOperation(), protocol, model);
    const message = "The specified method is not allowed against this resource.";
    throw new RouteError(new ServiceError("MethodNotAllowed", message, { status: 405 }), protocol, model);
  }

  #restTable(model: ServiceModel): RestTable {
    const known = this.#restTables.get(model.id);
    if (known !== undefined) return known;
    const table = new RestTable(model);
    this.#restTables.set(model.id, table);
    return table;
  }
}

/** CloudWatch moved on to JSON, but older clients still send it forms. */
function speaksQuery(facts: { readonly protocol: string; readonly queryCompatible?: true }): boolean {
  return facts.protocol === "awsQuery" || facts.queryCompatible === true;
}

function invalidAction(parameters: ReadonlyMap<string, string>): ServiceError {
  const action = parameters.get("Action") ?? "";
  const version = parameters.get("Version") ?? "";
  return new ServiceError("InvalidAction", `Could not find operation ${action} for version ${version}`);
}
