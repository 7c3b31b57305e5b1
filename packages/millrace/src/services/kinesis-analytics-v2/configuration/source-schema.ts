import type { SourceSchema } from "@aws-sdk/client-kinesis-analytics-v2";
import type { Input } from "../../../gateway/service.ts";
import { invalidArgument } from "../errors.ts";

/** Types of the retired SQL dialect that a column may have, with or without parameters. */
const sqlTypes: ReadonlySet<string> = new Set([
  ...["BIGINT", "BINARY", "BOOLEAN", "CHAR", "CHARACTER", "DATE", "DECIMAL", "DEC", "DOUBLE", "FLOAT", "INT"],
  ...["INTEGER", "INTERVAL", "NUMERIC", "REAL", "SMALLINT", "TIME", "TIMESTAMP", "TINYINT", "VARBINARY"],
  "VARCHAR",
]);

/** @throws ServiceError InvalidArgumentException */
export function checkSchema(schema: Input<SourceSchema>): void {
  const { RecordFormat: format, RecordColumns: columns, RecordEncoding: encoding } = schema;
  if (encoding !== undefined && encoding.toUpperCase() !== "UTF-8")
    throw invalidArgument(`RecordEncoding ${encoding} is not supported; records are read as UTF-8.`);
  const { CSVMappingParameters: csv, JSONMappingParameters: json } = format.MappingParameters ?? {};
  if (format.RecordFormatType === "JSON" && csv !== undefined)
    throw invalidArgument("CSVMappingParameters cannot be given for the record format JSON.");
  if (format.RecordFormatType === "CSV" && json !== undefined)
    throw invalidArgument("JSONMappingParameters cannot be given for the record format CSV.");
  const names = new Set<string>();
  for (const { Name: name, SqlType: type } of columns) {
    if (names.has(name)) throw invalidArgument(`Column ${name} is named twice.`);
    names.add(name);
    const head = /^\s*([A-Za-z]+)/.exec(type)?.[1]?.toUpperCase() ?? type;
    if (!sqlTypes.has(head)) throw invalidArgument(`Column ${name} has the unknown SQL type ${type}.`);
  }
}
