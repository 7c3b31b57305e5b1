import type { SearchTablesRequest, SearchTablesResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { limits } from "../limits.ts";
import { scopeOf } from "../lookup.ts";
import { PagePositions } from "../page-position.ts";
import type { GlueState } from "../state.ts";
import { tableOutput } from "../table-output.ts";
import { tableOrder, tableSearch } from "../table-search.ts";

/** The tables of all databases that match; those of other accounts cannot be searched. */
export async function searchTables(
  state: GlueState,
  input: Input<SearchTablesRequest>,
  call: Call,
): Promise<SearchTablesResponse> {
  const {
    SearchText,
    Filters = [],
    SortCriteria = [],
    MaxResults: limit = limits.searchResultsPerPage,
  } = input;
  const matches = tableSearch(SearchText, Filters);
  const order = tableOrder(SortCriteria[0]);
  const scope = scopeOf(input, call);
  const asked = JSON.stringify([scope.catalogId, SearchText, Filters, SortCriteria]);
  const positions = new PagePositions<number>(state, call, { asked });
  const start = positions.open(input.NextToken) ?? 0;
  if (input.ResourceShareType === "FOREIGN") return { TableList: [] };
  const found = await state.catalog.tables.search(scope, {
    matches,
    order,
    start,
    limit,
    signal: call.signal,
  });
  const TableList = found.items.map(({ databaseName, table }) => tableOutput(scope, databaseName, table));
  return { TableList, NextToken: positions.seal(found.next) };
}
