import { expect, it } from "vitest";
import { endReason, isSessionEnd } from "./session-end.ts";
import { hintOf } from "./sign-in-calls.ts";

const named = (name: string): Error => Object.assign(new Error("x"), { name });

it("knows errors that end a session from those that refuse one call", () => {
  expect(isSessionEnd(named("ExpiredToken"))).toBe(true);
  expect(isSessionEnd(named("InvalidClientTokenId"))).toBe(true);
  expect(isSessionEnd(named("AccessDenied"))).toBe(false);
  expect(isSessionEnd(named("SignatureDoesNotMatch"))).toBe(false);
  expect(isSessionEnd("ExpiredToken")).toBe(false);
  expect(endReason(named("ExpiredTokenException"))).toContain("expired");
  expect(endReason(named("InvalidAccessKeyId"))).toContain("not valid");
});

it("has hints for what people get wrong", () => {
  expect(hintOf("SignatureDoesNotMatch")).toContain("secret key");
  expect(hintOf("SignInFailed")).toBeUndefined();
});
