import { ServiceError } from "../../core/errors.ts";

/** Why a request is not authenticated, the same for all protocols. */
export type AuthFailureKind =
  | "missing"
  | "incomplete"
  | "invalidPresign"
  | "unknownKey"
  | "mismatch"
  | "expired"
  | "presignExpired"
  | "notYetValid"
  | "invalidToken"
  | "expiredToken"
  | "unsignedHeaders"
  | "payloadMismatch"
  | "chunkMismatch"
  | "malformedChunk"
  | "incompleteBody"
  | "unsupported";

/** How a service words its errors: by AWS's JSON, query, REST (JSON) and S3 protocols. */
export type AuthFamily = "json" | "query" | "rest" | "s3";

export class AuthFailure extends Error {
  override readonly name = "AuthFailure";
  readonly kind: AuthFailureKind;

  constructor(kind: AuthFailureKind, detail = "") {
    super(detail === "" ? kind : detail);
    this.kind = kind;
  }
}

interface Wording {
  readonly code: string;
  readonly status: number;
  /** Undefined where the failure's own detail is the message. */
  readonly message?: string;
}

const tokenInvalid = "The security token included in the request is invalid.";
const tokenExpired = "The security token included in the request is expired";
const noMatch =
  "The request signature we calculated does not match the signature you provided. Check your AWS Secret " +
  "Access Key and signing method. Consult the service documentation for details.";
const s3NoMatch =
  "The request signature we calculated does not match the signature you provided. Check your key and signing method.";
const skewed = "The difference between the request time and the current time is too large.";

type FamilyTable = Readonly<Partial<Record<AuthFailureKind, Wording>>>;

/** Failures of bodies signed in chunks: only S3 has them, so all families word them alike. */
const common: FamilyTable = {
  payloadMismatch: {
    code: "XAmzContentSHA256Mismatch",
    status: 400,
    message: "The provided 'x-amz-content-sha256' header does not match what was computed.",
  },
  chunkMismatch: { code: "SignatureDoesNotMatch", status: 403, message: s3NoMatch },
  malformedChunk: { code: "InvalidRequest", status: 400 },
  incompleteBody: {
    code: "IncompleteBody",
    status: 400,
    message: "You did not provide the number of bytes specified by the Content-Length HTTP header",
  },
  unsupported: { code: "NotImplemented", status: 501 },
};

function coral(status: number): FamilyTable {
  return {
    ...common,
    missing: {
      code: "MissingAuthenticationTokenException",
      status,
      message: "Missing Authentication Token",
    },
    incomplete: { code: "IncompleteSignatureException", status },
    invalidPresign: { code: "IncompleteSignatureException", status },
    unknownKey: { code: "UnrecognizedClientException", status, message: tokenInvalid },
    invalidToken: { code: "UnrecognizedClientException", status, message: tokenInvalid },
    expiredToken: { code: "ExpiredTokenException", status, message: tokenExpired },
    mismatch: { code: "InvalidSignatureException", status, message: noMatch },
    expired: { code: "InvalidSignatureException", status },
    presignExpired: { code: "InvalidSignatureException", status },
    notYetValid: { code: "InvalidSignatureException", status },
    unsignedHeaders: { code: "InvalidSignatureException", status },
  };
}

const families: Readonly<Record<AuthFamily, FamilyTable>> = {
  json: coral(400),
  rest: coral(403),
  query: {
    ...common,
    missing: {
      code: "MissingAuthenticationToken",
      status: 403,
      message: "Request is missing Authentication Token",
    },
    incomplete: { code: "IncompleteSignature", status: 400 },
    invalidPresign: { code: "IncompleteSignature", status: 400 },
    unknownKey: { code: "InvalidClientTokenId", status: 403, message: tokenInvalid },
    invalidToken: { code: "InvalidClientTokenId", status: 403, message: tokenInvalid },
    expiredToken: { code: "ExpiredToken", status: 403, message: tokenExpired },
    mismatch: { code: "SignatureDoesNotMatch", status: 403, message: noMatch },
    expired: { code: "SignatureDoesNotMatch", status: 403 },
    presignExpired: { code: "SignatureDoesNotMatch", status: 403 },
    notYetValid: { code: "SignatureDoesNotMatch", status: 403 },
    unsignedHeaders: { code: "SignatureDoesNotMatch", status: 403 },
  },
  s3: {
    ...common,
    missing: { code: "AccessDenied", status: 403, message: "Access Denied" },
    incomplete: { code: "AuthorizationHeaderMalformed", status: 400 },
    invalidPresign: { code: "AuthorizationQueryParametersError", status: 400 },
    unknownKey: {
      code: "InvalidAccessKeyId",
      status: 403,
      message: "The AWS Access Key Id you provided does not exist in our records.",
    },
    invalidToken: {
      code: "InvalidToken",
      status: 400,
      message: "The provided token is malformed or otherwise invalid.",
    },
    expiredToken: { code: "ExpiredToken", status: 400, message: "The provided token has expired." },
    mismatch: { code: "SignatureDoesNotMatch", status: 403, message: s3NoMatch },
    expired: { code: "RequestTimeTooSkewed", status: 403, message: skewed },
    presignExpired: { code: "AccessDenied", status: 403, message: "Request has expired" },
    notYetValid: { code: "RequestTimeTooSkewed", status: 403, message: skewed },
    unsignedHeaders: { code: "AccessDenied", status: 403 },
  },
};

/** A failure as the clients of a protocol family know it. */
export function authError(failure: AuthFailure, family: AuthFamily): ServiceError {
  const wording = families[family][failure.kind];
  if (wording === undefined) return new ServiceError("AccessDenied", failure.message, { status: 403 });
  const { code, status, message = failure.message } = wording;
  return new ServiceError(code, message, { status, cause: failure });
}
