import type { Call } from "./call.ts";
import type { HttpRequest } from "./http.ts";
import type { Service } from "./service.ts";

/** Decides whether a call may be made. */
export interface Authorizer {
  /** @throws ServiceError `AccessDeniedException` when a resource may not be used in this way. */
  check(service: Service, resources: readonly string[], call: Call, request: HttpRequest): void;
}
