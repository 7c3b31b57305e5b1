import type { Call } from "../../gateway/call.ts";
import { invalidMarker } from "./errors.ts";
import type { KmsState } from "./state.ts";

export interface Paging {
  readonly Limit?: number | undefined;
  readonly Marker?: string | undefined;
}

export interface Page<Item> {
  readonly items: Item[];
  /** The rest of the answer. */
  readonly paging: { readonly Truncated: boolean; readonly NextMarker?: string };
}

/**
 * One page of a list that is in the order of `nameOf`. A marker holds the last name, so that items that come
 * and go between two pages do not shift the others.
 */
export function pageOf<Item>(
  state: KmsState,
  call: Call,
  list: readonly Item[],
  nameOf: (item: Item) => string,
  { Marker, Limit }: Paging,
  options: { readonly defaultLimit: number; readonly filters?: Readonly<Record<string, string | undefined>> },
): Page<Item> {
  const { account, region, operation } = call;
  const scope = { operation: `kms:${operation}`, account, region, filters: options.filters ?? {} };
  const after = Marker === undefined ? undefined : openMarker(state, scope, Marker);
  const rest = after === undefined ? list : list.filter((item) => nameOf(item) > after);
  const items = rest.slice(0, Limit ?? options.defaultLimit);
  const last = items.at(-1);
  if (last === undefined || items.length === rest.length) return { items, paging: { Truncated: false } };
  return { items, paging: { Truncated: true, NextMarker: state.tokens.seal(scope, nameOf(last)) } };
}

function openMarker(
  state: KmsState,
  scope: Parameters<KmsState["tokens"]["open"]>[0],
  marker: string,
): string {
  const opened = state.tokens.open(scope, marker);
  if (opened.kind === "valid" && typeof opened.position === "string") return opened.position;
  throw invalidMarker("The marker is invalid.");
}
