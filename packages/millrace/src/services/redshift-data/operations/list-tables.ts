import type { ListTablesRequest, ListTablesResponse, TableMember } from "@aws-sdk/client-redshift-data";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { catalogRows } from "../catalog-rows.ts";
import { limits } from "../limits.ts";
import { pageOf } from "../paging.ts";
import type { RedshiftDataState } from "../state.ts";

const sql = `select schema_name, table_name, table_type from svv_all_tables
  where database_name = :database and schema_name like :schemas and table_name like :tables
    and (schema_name > :after or (schema_name = :after and table_name > :aftertable))
  order by schema_name, table_name limit :count::bigint`;

/** Tables and views that the user may see, in the order of schema and name. */
export async function listTables(
  state: RedshiftDataState,
  input: Input<ListTablesRequest>,
  call: Call,
): Promise<ListTablesResponse> {
  const { Database: database, ConnectedDatabase, SchemaPattern, TablePattern } = input;
  const connection = { ...input, Database: ConnectedDatabase ?? database };
  const filters = { cluster: input.ClusterIdentifier, database, SchemaPattern, TablePattern };
  const options = { filters, defaultCount: limits.defaultListedNames, placeOf };
  const { items, nextToken } = await pageOf(state, call, input, options, async (place = '["",""]', count) => {
    const [after = "", aftertable = ""] = JSON.parse(place) as string[];
    const patterns = { schemas: SchemaPattern || "%", tables: TablePattern || "%" };
    const values = { database, ...patterns, after, aftertable, count: String(count) };
    const rows = await catalogRows(state, call, connection, sql, values);
    return rows.map(([schema = "", name = "", type = ""]): TableMember => memberOf(schema, name, type));
  });
  return { Tables: [...items], NextToken: nextToken };
}

const memberOf = (schema: string | null, name: string | null, type: string | null): TableMember => ({
  ...{ schema: schema ?? "", name: name ?? "", type: type ?? "" },
});

const placeOf = ({ schema = "", name = "" }: TableMember): string => JSON.stringify([schema, name]);
