import { ServiceError } from "../../core/errors.ts";
import type { Call } from "../../gateway/call.ts";

/** The errors of STS. Codes are the names of the model's shapes, where it has one. */
export const accessDenied = (message: string): ServiceError =>
  new ServiceError("AccessDenied", message, { status: 403 });

export const mayNotAssume = ({ principal, operation }: Call, role: string): ServiceError =>
  accessDenied(`User: ${principal.arn} is not authorized to perform: sts:${operation} on resource: ${role}`);

export const notAuthorized = (operation: string): ServiceError =>
  accessDenied(`Not authorized to perform sts:${operation}`);

export const validation = (message: string): ServiceError => new ServiceError("ValidationError", message);

export const invalidParameter = (message: string): ServiceError =>
  new ServiceError("InvalidParameterValue", message);

export const malformedPolicy = (message: string): ServiceError =>
  new ServiceError("MalformedPolicyDocumentException", message);

export const packedTooLarge = (percent: number): ServiceError =>
  new ServiceError(
    "PackedPolicyTooLargeException",
    `Packed policy consumes ${percent}% of allotted space, please use smaller policy.`,
  );

export const invalidToken = (message: string, cause?: unknown): ServiceError =>
  new ServiceError("InvalidIdentityTokenException", message, { cause });

export const tokenExpired = (nowSeconds: number, expirySeconds: number): ServiceError =>
  new ServiceError(
    "ExpiredTokenException",
    `Token expired: current date/time ${nowSeconds} must be before the expiration date/time ${expirySeconds}`,
  );

export const providerUnreachable = (cause: unknown): ServiceError =>
  new ServiceError(
    "IDPCommunicationErrorException",
    "Couldn't retrieve verification key from your identity provider, please reference AssumeRoleWithWebIdentity " +
      "documentation for requirements",
    { cause },
  );

/** What Millrace does not have, within an operation that it does have. */
export const notImplemented = (what: string): ServiceError =>
  new ServiceError("NotImplemented", `${what} is not implemented by Millrace.`, { status: 501 });
