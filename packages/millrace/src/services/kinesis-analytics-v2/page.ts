import type { ServiceError } from "../../core/errors.ts";
import type { Call } from "../../gateway/call.ts";
import { invalidArgument } from "./errors.ts";
import { limits } from "./limits.ts";
import type { KinesisAnalyticsV2State } from "./state.ts";

export interface Paging {
  readonly Limit?: number | undefined;
  readonly NextToken?: string | undefined;
}

type Place = string | number;

/**
 * One page of a list. A token holds the place of the last item, and is good for the same list only.
 * @param read gives up to `count` items behind a place
 * @throws ServiceError when the token is none of ours
 */
export function pageOf<Item>(
  { tokens }: KinesisAnalyticsV2State,
  { account, region, operation }: Call,
  { Limit, NextToken }: Paging,
  filters: Readonly<Record<string, string | number | boolean | undefined>>,
  read: (
    after: Place | undefined,
    count: number,
  ) => readonly { readonly item: Item; readonly place: Place }[],
  invalid: (message: string) => ServiceError = invalidArgument,
): { readonly items: readonly Item[]; readonly nextToken: string | undefined } {
  const scope = { operation: `kinesisanalytics:${operation}`, account, region, filters };
  const opened = NextToken === undefined ? undefined : tokens.open(scope, NextToken);
  let after: Place | undefined;
  if (opened !== undefined) {
    if (
      opened.kind !== "valid" ||
      (typeof opened.position !== "string" && typeof opened.position !== "number")
    )
      throw invalid("The NextToken is not valid.");
    after = opened.position;
  }
  const count = Limit ?? limits.defaultPage;
  const found = read(after, count + 1);
  const items = found.slice(0, count);
  const last = items.at(-1);
  const nextToken = found.length > count && last !== undefined ? tokens.seal(scope, last.place) : undefined;
  return { items: items.map(({ item }) => item), nextToken };
}
