import type { Call } from "../../gateway/call.ts";
import type { PageTokens, TokenScope } from "../../gateway/tokens.ts";
import { invalidInput } from "./errors.ts";

interface PageRequest {
  readonly NextToken?: string | undefined;
  readonly MaxResults?: number | undefined;
}

interface PageOptions {
  readonly tokens: PageTokens;
  readonly call: Call;
  /** What must stay the same from page to page. */
  readonly filters?: TokenScope["filters"];
  /** Items of a page when the caller does not say how many. */
  readonly defaultSize: number;
}

/** A page of things that are in memory, in the order of their names. */
export function pageOfNames<T>(
  items: readonly T[],
  nameOf: (item: T) => string,
  request: PageRequest,
  options: PageOptions,
): { readonly items: readonly T[]; readonly NextToken: string | undefined } {
  const { tokens, call, filters = {}, defaultSize } = options;
  const scope = { operation: `glue:${call.operation}`, account: call.account, region: call.region, filters };
  const after = request.NextToken === undefined ? undefined : openName(tokens, scope, request.NextToken);
  const rest = after === undefined ? items : items.filter((item) => nameOf(item) > after);
  const page = rest.slice(0, request.MaxResults ?? defaultSize);
  const last = page.at(-1);
  const isLast = page.length === rest.length || last === undefined;
  return { items: page, NextToken: isLast ? undefined : tokens.seal(scope, nameOf(last)) };
}

function openName(tokens: PageTokens, scope: TokenScope, token: string): string {
  const opened = tokens.open(scope, token);
  if (opened.kind !== "valid" || typeof opened.position !== "string")
    throw invalidInput("The NextToken is invalid.");
  return opened.position;
}
