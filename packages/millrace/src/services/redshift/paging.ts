import type { Call } from "../../gateway/call.ts";
import { invalidValue } from "./errors.ts";
import { limits } from "./limits.ts";
import type { RedshiftState } from "./state.ts";

interface PageInput {
  readonly Marker?: string | undefined;
  readonly MaxRecords?: number | undefined;
}

interface Page<Item> {
  readonly items: Item[];
  /** `Marker` when there is more. */
  readonly rest: { readonly Marker?: string };
}

interface Range {
  readonly min: number;
  readonly max: number;
}

const records: Range = { min: limits.pageRecordsMin, max: limits.pageRecordsMax };

/**
 * One page of a list that is in the order of `keyOf`. A marker holds the last key, so that items that come
 * and go between two pages move nothing. @throws ServiceError InvalidParameterValue
 */
export function pageOf<Item>(
  state: RedshiftState,
  call: Call,
  { Marker, MaxRecords }: PageInput,
  items: readonly Item[],
  keyOf: (item: Item) => string,
  range: Range = records,
): Page<Item> {
  if (MaxRecords !== undefined && (MaxRecords < range.min || MaxRecords > range.max))
    throw invalidValue(
      `Invalid value ${MaxRecords} for MaxRecords. Must be between ${range.min} and ${range.max}`,
    );
  const { account, region, operation } = call;
  const scope = { operation: `redshift:${operation}`, account, region };
  // The SDKs of some languages send an empty marker for the first page.
  const after = Marker === undefined || Marker === "" ? undefined : openMarker(state, scope, Marker);
  const left = after === undefined ? items : items.filter((item) => keyOf(item) > after);
  const page = left.slice(0, MaxRecords ?? range.max);
  const last = page.at(-1);
  if (last === undefined || page.length === left.length) return { items: page, rest: {} };
  return { items: page, rest: { Marker: state.tokens.seal(scope, keyOf(last)) } };
}

function openMarker(
  { tokens }: RedshiftState,
  scope: Parameters<RedshiftState["tokens"]["open"]>[0],
  marker: string,
): string {
  const opened = tokens.open(scope, marker);
  if (opened.kind !== "valid" || typeof opened.position !== "string") throw invalidValue("Invalid Marker");
  return opened.position;
}
