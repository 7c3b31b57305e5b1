import { ServiceError } from "../../core/errors.ts";
import type { Call } from "../../gateway/call.ts";
import type { TokenPosition } from "../../gateway/tokens.ts";
import type { StreamDocument } from "./document.ts";
import { invalidArgument, streamNotFound } from "./errors.ts";
import { limits } from "./limits.ts";
import type { KinesisState } from "./state.ts";

/** A token for the next page of an operation, good for 300 seconds. */
export function sealPage(state: KinesisState, call: Call, position: object): string {
  return state.tokens.seal(scopeOf(call), { ...position } as TokenPosition, limits.pageTokenLifeMs);
}

/** The position in a token that `sealPage` made for the same operation. */
export function openPage<Position>(state: KinesisState, call: Call, token: string): Position {
  const opened = state.tokens.open(scopeOf(call), token);
  if (opened.kind === "expired")
    throw new ServiceError(
      "ExpiredNextTokenException",
      "The NextToken has expired: it is valid for 300 seconds.",
    );
  if (opened.kind === "invalid") throw invalidArgument("NextToken is invalid.");
  return opened.position as Position;
}

function scopeOf(call: Call): { operation: string; account: string; region: string } {
  return { operation: `${call.service}:${call.operation}`, account: call.account, region: call.region };
}

/** Tells streams of the same name apart, for lists that take a StreamCreationTimestamp. */
export function checkCreationTime(document: StreamDocument, created: Date | undefined): void {
  // Clients send what they were told, with the precision of their own clock type: compare whole seconds.
  if (created !== undefined && Math.floor(created.getTime() / 1000) !== Math.floor(document.createdMs / 1000))
    throw streamNotFound(document.name, document.account);
}
