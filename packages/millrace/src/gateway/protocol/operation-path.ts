import type { HttpRequest } from "../http.ts";
import type { OperationModel } from "../model/service-model.ts";
import { UriPattern } from "./uri-pattern.ts";

/** The compiled URI patterns of operations, and the labels that they find in a request's path. */
export class OperationPaths {
  readonly #patterns = new WeakMap<OperationModel, UriPattern>();

  labels(operation: OperationModel, request: HttpRequest): ReadonlyMap<string, string> {
    return this.#pattern(operation).match(request.path.slice(1)) ?? new Map();
  }

  #pattern(operation: OperationModel): UriPattern {
    const known = this.#patterns.get(operation);
    if (known !== undefined) return known;
    const pattern = new UriPattern(operation.http?.uri ?? "/");
    this.#patterns.set(operation, pattern);
    return pattern;
  }
}
