import { expect, test } from "vitest";
import { AuthFailure, type AuthFailureKind, type AuthFamily, authError } from "./auth-failure.ts";

test.each([
  ["missing", "json", "MissingAuthenticationTokenException", 400],
  ["missing", "rest", "MissingAuthenticationTokenException", 403],
  ["missing", "query", "MissingAuthenticationToken", 403],
  ["missing", "s3", "AccessDenied", 403],
  ["unknownKey", "json", "UnrecognizedClientException", 400],
  ["unknownKey", "query", "InvalidClientTokenId", 403],
  ["unknownKey", "s3", "InvalidAccessKeyId", 403],
  ["mismatch", "json", "InvalidSignatureException", 400],
  ["mismatch", "query", "SignatureDoesNotMatch", 403],
  ["mismatch", "s3", "SignatureDoesNotMatch", 403],
  ["expired", "json", "InvalidSignatureException", 400],
  ["expired", "s3", "RequestTimeTooSkewed", 403],
  ["presignExpired", "s3", "AccessDenied", 403],
  ["expiredToken", "json", "ExpiredTokenException", 400],
  ["expiredToken", "query", "ExpiredToken", 403],
  ["incomplete", "s3", "AuthorizationHeaderMalformed", 400],
  ["incomplete", "query", "IncompleteSignature", 400],
  ["payloadMismatch", "s3", "XAmzContentSHA256Mismatch", 400],
] satisfies [AuthFailureKind, AuthFamily, string, number][])(
  "%s is for %s clients %s %i",
  (kind, family, code, status) => {
    const error = authError(new AuthFailure(kind, "detail"), family);
    expect(error).toMatchObject({ code, status });
    expect(error.message.length).toBeGreaterThan(3);
  },
);

test("a failure without a fixed text passes its detail on", () => {
  const failure = new AuthFailure(
    "expired",
    "Signature expired: 20260101T000000Z is now earlier than 20260101T000500Z",
  );
  expect(authError(failure, "json").message).toBe(failure.message);
});
