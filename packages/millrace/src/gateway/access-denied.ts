import { ServiceError } from "../core/errors.ts";
import type { AuthFamily } from "./sigv4/auth-failure.ts";

/** The error for a refusal, as the clients of a protocol family know it. */
export function accessDenied(message: string, family: AuthFamily): ServiceError {
  if (family === "json") return new ServiceError("AccessDeniedException", message, { status: 400 });
  if (family === "rest") return new ServiceError("AccessDeniedException", message, { status: 403 });
  return new ServiceError("AccessDenied", message, { status: 403 });
}
