import type { Call } from "../../gateway/call.ts";
import type { TokenPosition, TokenScope } from "../../gateway/tokens.ts";
import { invalidParameter } from "./errors.ts";
import { limits } from "./limits.ts";
import type { LogsState } from "./state.ts";

type Filters = NonNullable<TokenScope["filters"]>;

/** A token for the next page of an operation with the same filters; AWS's are good for 24 hours, too. */
export function sealPage(state: LogsState, call: Call, position: unknown, filters: Filters): string {
  return state.tokens.seal(scopeOf(call, filters), position as TokenPosition, limits.pageTokenLifeMs);
}

/** The position in a token that `sealPage` made. */
export function openPage<Position>(state: LogsState, call: Call, token: string, filters: Filters): Position {
  const opened = state.tokens.open(scopeOf(call, filters), token);
  if (opened.kind !== "valid") throw invalidParameter("The specified nextToken is invalid.");
  return opened.position as Position;
}

function scopeOf({ service, operation, account, region }: Call, filters: Filters): TokenScope {
  return { operation: `${service}:${operation}`, account, region, filters };
}
