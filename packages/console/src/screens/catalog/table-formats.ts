import type { Column, StorageDescriptor, Table, TableInput } from "@aws-sdk/client-glue";

interface Format {
  readonly inputFormat: string;
  readonly outputFormat: string;
  readonly serde: string;
  readonly parameters?: Readonly<Record<string, string>>;
}

const textInput = "org.apache.hadoop.mapred.TextInputFormat";
const textOutput = "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat";

/** What Hive's tables say of the formats that people use, by Glue's classification. */
export const formats: Readonly<Record<string, Format>> = {
  parquet: {
    inputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
    outputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
    serde: "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
  },
  json: { inputFormat: textInput, outputFormat: textOutput, serde: "org.openx.data.jsonserde.JsonSerDe" },
  csv: {
    inputFormat: textInput,
    outputFormat: textOutput,
    serde: "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe",
    parameters: { "field.delim": ",", "skip.header.line.count": "1" },
  },
  orc: {
    inputFormat: "org.apache.hadoop.hive.ql.io.orc.OrcInputFormat",
    outputFormat: "org.apache.hadoop.hive.ql.io.orc.OrcOutputFormat",
    serde: "org.apache.hadoop.hive.ql.io.orc.OrcSerde",
  },
  avro: {
    inputFormat: "org.apache.hadoop.hive.ql.io.avro.AvroContainerInputFormat",
    outputFormat: "org.apache.hadoop.hive.ql.io.avro.AvroContainerOutputFormat",
    serde: "org.apache.hadoop.hive.serde2.avro.AvroSerDe",
  },
};

/** The classification, or else what the serializer's name says. */
export function formatOf({ Parameters, StorageDescriptor }: Table): string {
  const classification = Parameters?.["classification"] ?? StorageDescriptor?.Parameters?.["classification"];
  if (classification !== undefined) return classification;
  const serde = StorageDescriptor?.SerdeInfo?.SerializationLibrary ?? "";
  const known = Object.entries(formats).find(([, format]) => format.serde === serde)?.[0];
  return known ?? serde.split(".").at(-1) ?? "";
}

/** `id bigint` on each line; a comment after `--`. @throws Error that names the line */
export function columnsOf(text: string): readonly Column[] {
  const columns: Column[] = [];
  for (const [i, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const match = /^\s*([^\s:]+)[\s:]+([^\s].*?)\s*,?\s*(?:--\s*(.*))?$/.exec(line);
    if (match?.[1] === undefined || match[2] === undefined)
      throw new Error(`Line ${i + 1}: write a name and a type, such as "id bigint".`);
    columns.push({ Name: match[1], Type: match[2], ...(match[3] && { Comment: match[3] }) });
  }
  return columns;
}

export interface NewTable {
  readonly name: string;
  readonly description: string;
  readonly location: string;
  readonly format: string;
  readonly columns: string;
  readonly partitionKeys: string;
}

/** @throws Error that says what is not right */
export function tableInputOf(table: NewTable): TableInput {
  const format = formats[table.format];
  if (format === undefined) throw new Error("There is no such format.");
  const location = table.location.endsWith("/") ? table.location : `${table.location}/`;
  return {
    Name: table.name,
    TableType: "EXTERNAL_TABLE",
    Parameters: { classification: table.format, EXTERNAL: "TRUE" },
    ...(table.description !== "" && { Description: table.description }),
    PartitionKeys: [...columnsOf(table.partitionKeys)],
    StorageDescriptor: {
      Location: location,
      Columns: [...columnsOf(table.columns)],
      InputFormat: format.inputFormat,
      OutputFormat: format.outputFormat,
      SerdeInfo: { SerializationLibrary: format.serde, Parameters: { ...format.parameters } },
    },
  };
}

/** What an update takes of what a table answers. */
export function inputOfTable(table: Table): TableInput {
  const { Name, Description, Owner, Retention, StorageDescriptor, PartitionKeys, TableType, Parameters } =
    table;
  const { ViewOriginalText, ViewExpandedText, TargetTable, LastAccessTime, LastAnalyzedTime } = table;
  return given({
    Name,
    Description,
    Owner,
    LastAccessTime,
    LastAnalyzedTime,
    Retention,
    StorageDescriptor: given(StorageDescriptor ?? ({} satisfies StorageDescriptor)),
    PartitionKeys,
    ViewOriginalText,
    ViewExpandedText,
    TableType,
    Parameters,
    TargetTable,
  });
}

function given<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T;
}
