import type { ListDatabasesRequest, ListDatabasesResponse } from "@aws-sdk/client-redshift-data";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { catalogRows } from "../catalog-rows.ts";
import { limits } from "../limits.ts";
import { pageOf } from "../paging.ts";
import type { RedshiftDataState } from "../state.ts";

const sql = `select database_name from svv_redshift_databases
  where database_name > :after order by database_name limit :count::bigint`;

export async function listDatabases(
  state: RedshiftDataState,
  input: Input<ListDatabasesRequest>,
  call: Call,
): Promise<ListDatabasesResponse> {
  const filters = { cluster: input.ClusterIdentifier };
  const options = { filters, defaultCount: limits.defaultListedNames, placeOf: (name: string) => name };
  const { items, nextToken } = await pageOf(state, call, input, options, async (after = "", count) => {
    const rows = await catalogRows(state, call, input, sql, { after, count: String(count) });
    return rows.map(([name]) => name ?? "");
  });
  return { Databases: [...items], NextToken: nextToken };
}
