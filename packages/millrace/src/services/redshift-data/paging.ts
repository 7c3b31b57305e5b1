import type { Call } from "../../gateway/call.ts";
import { invalid } from "./errors.ts";
import type { RedshiftDataState } from "./state.ts";

export interface Paging {
  readonly NextToken?: string | undefined;
  readonly MaxResults?: number | undefined;
}

type Filters = Readonly<Record<string, string | number | boolean | undefined>>;

/**
 * One page of a list. A token holds the place of the last item, and is good for the same list only.
 * @param read gives up to `count` items behind a place
 * @throws ServiceError ValidationException
 */
export async function pageOf<Item>(
  { tokens }: RedshiftDataState,
  call: Call,
  { NextToken, MaxResults }: Paging,
  options: {
    readonly filters: Filters;
    readonly defaultCount: number;
    readonly placeOf: (item: Item) => string;
  },
  read: (after: string | undefined, count: number) => Promise<readonly Item[]> | readonly Item[],
): Promise<{ readonly items: readonly Item[]; readonly nextToken: string | undefined }> {
  const { account, region, operation } = call;
  const scope = { operation: `redshift-data:${operation}`, account, region, filters: options.filters };
  const opened = NextToken ? tokens.open(scope, NextToken) : undefined;
  if (opened !== undefined && (opened.kind !== "valid" || typeof opened.position !== "string"))
    throw invalid("The NextToken is invalid.");
  const after = opened === undefined ? undefined : String(opened.kind === "valid" ? opened.position : "");
  // 0 stands for what is the default.
  const count = MaxResults || options.defaultCount;
  const found = await read(after, count + 1);
  const items = found.slice(0, count);
  const last = items.at(-1);
  const nextToken =
    found.length > count && last !== undefined ? tokens.seal(scope, options.placeOf(last)) : undefined;
  return { items, nextToken };
}
