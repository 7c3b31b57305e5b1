import type { ListSchemasRequest, ListSchemasResponse } from "@aws-sdk/client-redshift-data";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { catalogRows } from "../catalog-rows.ts";
import { limits } from "../limits.ts";
import { pageOf } from "../paging.ts";
import type { RedshiftDataState } from "../state.ts";

const sql = `select schema_name from svv_all_schemas
  where database_name = :database and schema_name like :pattern and schema_name > :after
  order by schema_name limit :count::bigint`;

export async function listSchemas(
  state: RedshiftDataState,
  input: Input<ListSchemasRequest>,
  call: Call,
): Promise<ListSchemasResponse> {
  const { ClusterIdentifier: cluster, Database: database, ConnectedDatabase, SchemaPattern: pattern } = input;
  const connection = { ...input, Database: ConnectedDatabase ?? database };
  const filters = { cluster, database, pattern };
  const options = { filters, defaultCount: limits.defaultListedNames, placeOf: (name: string) => name };
  const { items, nextToken } = await pageOf(state, call, input, options, async (after = "", count) => {
    const values = { database, pattern: pattern || "%", after, count: String(count) };
    const rows = await catalogRows(state, call, connection, sql, values);
    return rows.map(([name]) => name ?? "");
  });
  return { Schemas: [...items], NextToken: nextToken };
}
