import type { TableDefinition } from "../../../../sql/flink/relation.ts";
import { type ObjectPath, pathOf } from "../filesystem/filesystem-options.ts";
import { type KnownOptions, TableOptions } from "../table-options.ts";
import type { WarehouseTarget } from "./warehouse-port.ts";

const sinkOptions: KnownOptions = {
  used: ["cluster-identifier", "workgroup", "database", "user", "table", "path", "iam-role", "aws.region"],
  ignored: ["aws.credentials."],
};

export interface RedshiftSettings {
  readonly target: WarehouseTarget;
  /** `"public"."delays"` */
  readonly table: string;
  /** Where objects wait for their COPY. */
  readonly path: ObjectPath;
  /** Of the cluster: COPY reads in its name. */
  readonly iamRole: string;
  /** `"origin", "flights"` */
  readonly columns: string;
}

/** @throws SqlError that names the option */
export function redshiftSettings(table: TableDefinition): RedshiftSettings {
  const options = new TableOptions(table);
  options.check("sink", sinkOptions);
  if (options.get("workgroup") !== undefined)
    throw options.missing("option 'workgroup': there is no Redshift Serverless in this Millrace");
  if ((options.get("format") ?? "json") !== "json")
    throw options.missing(`'format' = '${options.get("format")}': rows are staged as JSON`);
  if (table.partitionKeys.length > 0) throw options.missing("PARTITIONED BY of a table of Redshift");
  const iamRole = options.required("iam-role");
  if (!/^arn:[\w-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/.test(iamRole))
    throw options.error(`option 'iam-role' is the ARN of a role, not '${iamRole}'`);
  const names = options.required("table").split(".");
  if (names.length > 2) throw options.error("option 'table' is a table or schema.table");
  const written = table.columns.filter((column) => column.kind !== "computed");
  return {
    target: {
      cluster: options.required("cluster-identifier").toLowerCase(),
      database: options.required("database"),
      user: options.required("user"),
    },
    table: names.map((name) => identifier(name, options)).join("."),
    path: pathOf(options),
    iamRole,
    columns: written.map(({ field }) => identifier(field.name, options)).join(", "),
  };
}

function identifier(name: string, options: TableOptions): string {
  if (!/^[\p{L}_][\p{L}\p{N}_$]*$/u.test(name))
    throw options.error(`'${name}' is no name of a table or column that COPY takes`);
  return `"${name.toLowerCase()}"`;
}
