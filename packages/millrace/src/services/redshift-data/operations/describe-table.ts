import type {
  ColumnMetadata,
  DescribeTableRequest,
  DescribeTableResponse,
} from "@aws-sdk/client-redshift-data";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { catalogRows } from "../catalog-rows.ts";
import { shownMeasures } from "../column-metadata.ts";
import { typeOf } from "../declared-type.ts";
import { limits } from "../limits.ts";
import { pageOf } from "../paging.ts";
import type { Row } from "../result-files.ts";
import type { RedshiftDataState } from "../state.ts";

const sql = `select schema_name, table_name, ordinal_position, column_name, data_type, is_nullable, column_default,
    character_maximum_length, numeric_precision, numeric_scale
  from svv_all_columns
  where database_name = :database and (:anyschema::int = 1 or schema_name = :schema)
    and (:anytable::int = 1 or table_name = :table)
  order by schema_name, table_name, ordinal_position limit :count::bigint offset :skipped::bigint`;

/** Columns of a table; without its name, of all tables of the schema, and without that of the database. */
export async function describeTable(
  state: RedshiftDataState,
  input: Input<DescribeTableRequest>,
  call: Call,
): Promise<DescribeTableResponse> {
  const { Database: database, ConnectedDatabase, Schema: schema = "", Table: table = "" } = input;
  const connection = { ...input, Database: ConnectedDatabase ?? database };
  const filters = { cluster: input.ClusterIdentifier, database, schema, table };
  const options = { filters, defaultCount: limits.defaultListedNames, placeOf };
  const { items, nextToken } = await pageOf(state, call, input, options, async (after = "0", count) => {
    const anyNames = { anyschema: schema === "" ? "1" : "0", anytable: table === "" ? "1" : "0" };
    const values = { database, schema, table, ...anyNames, count: String(count), skipped: after };
    const rows = await catalogRows(state, call, connection, sql, values);
    return rows.map((row, index) => ({ column: columnOf(row), place: Number(after) + index + 1 }));
  });
  return {
    TableName: table === "" ? undefined : table,
    ColumnList: items.map(({ column }) => column),
    NextToken: nextToken,
  };
}

const placeOf = ({ place }: { readonly place: number }): string => String(place);

function columnOf([
  schema,
  table,
  ,
  name,
  dataType,
  nullable,
  defaultText,
  length,
  precision,
  scale,
]: Row): ColumnMetadata {
  const type = typeOf(dataType ?? "", { length, precision, scale });
  const { precision: shown = 0, ...measures } = shownMeasures(type);
  return {
    ...measures,
    ...{
      precision: shown,
      length: shown,
      name: name ?? "",
      schemaName: schema ?? "",
      tableName: table ?? "",
    },
    nullable: nullable === "NO" ? 0 : 1,
    columnDefault: defaultText ?? undefined,
  };
}
