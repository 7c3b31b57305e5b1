import type { Call } from "../../gateway/call.ts";
import { validation } from "./errors.ts";
import { limits } from "./limits.ts";
import type { IamState } from "./state.ts";

interface PageInput {
  readonly Marker?: string | undefined;
  readonly MaxItems?: number | undefined;
  readonly PathPrefix?: string | undefined;
}

interface Page<Item> {
  readonly items: readonly Item[];
  /** `IsTruncated`, and `Marker` when there is more. */
  readonly rest: { readonly IsTruncated: boolean; readonly Marker?: string };
}

/**
 * One page of a list. A marker names the last item of the page before, by a key that orders the list, so
 * that what comes and goes between two pages moves nothing.
 */
export function pageOf<Item>(
  state: IamState,
  call: Call,
  input: PageInput,
  items: Iterable<Item>,
  key: (item: Item) => string,
): Page<Item> {
  const scope = {
    operation: `iam:${call.operation}`,
    account: call.account,
    region: "",
    filters: { path: input.PathPrefix },
  };
  const after = input.Marker === undefined ? undefined : openMarker(state, scope, input.Marker);
  const sorted = [...items]
    .map((item) => ({ item, key: key(item) }))
    .filter((entry) => after === undefined || entry.key > after)
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const page = sorted.slice(0, input.MaxItems ?? limits.pageItems);
  const last = page.at(-1);
  const more = page.length < sorted.length && last !== undefined;
  return {
    items: page.map((entry) => entry.item),
    rest: more ? { IsTruncated: true, Marker: state.tokens.seal(scope, last.key) } : { IsTruncated: false },
  };
}

function openMarker(
  state: IamState,
  scope: Parameters<IamState["tokens"]["open"]>[0],
  marker: string,
): string {
  const opened = state.tokens.open(scope, marker);
  if (opened.kind !== "valid" || typeof opened.position !== "string") throw validation("Invalid Marker.");
  return opened.position;
}

/** Whether something lies below the path that a list is limited to. */
export function below(prefix: string | undefined): (item: { readonly path: string }) => boolean {
  return ({ path }) => prefix === undefined || path.startsWith(prefix);
}
