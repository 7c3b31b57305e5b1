import type { Call } from "../../gateway/call.ts";
import type { TokenPosition, TokenScope } from "../../gateway/tokens.ts";
import { invalidArgument } from "./errors.ts";
import type { S3State } from "./state.ts";

/** Continuation tokens are good for the bucket and account that they were made for, and for ever. */
function scopeOf(call: Call, bucket: string | undefined): TokenScope {
  const { operation, account, region } = call;
  return { operation, account, region, ...(bucket === undefined ? {} : { filters: { bucket } }) };
}

export function sealPage(
  state: S3State,
  call: Call,
  bucket: string | undefined,
  position: TokenPosition,
): string {
  return state.tokens.seal(scopeOf(call, bucket), position);
}

/** @throws ServiceError `InvalidArgument` for a token that was made up, or for something else. */
export function openPage(
  state: S3State,
  call: Call,
  bucket: string | undefined,
  token: string,
): TokenPosition {
  const opened = state.tokens.open(scopeOf(call, bucket), token);
  if (opened.kind === "valid") return opened.position;
  throw invalidArgument("The continuation token provided is incorrect", "continuation-token", token);
}
