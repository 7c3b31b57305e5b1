import { printHiveType } from "../../../formats/schema/hive-type.ts";
import type {
  HiveColumn,
  RowFormat,
  StorageFormat,
  TableProperty,
} from "../../../sql/redshift/ast/external.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import type { CatalogColumn, CatalogStorage } from "./data-catalog-port.ts";
import { hiveTypeOf, sqlTypeOf } from "./external-types.ts";

/** Classes of Hive that a format is known by to everybody who reads the catalog. */
interface FormatClasses {
  readonly inputFormat: string;
  readonly outputFormat: string;
  readonly library: string;
}

const hive = "org.apache.hadoop.hive";
const lazySimple = `${hive}.serde2.lazy.LazySimpleSerDe`;
const textClasses: FormatClasses = {
  inputFormat: "org.apache.hadoop.mapred.TextInputFormat",
  outputFormat: `${hive}.ql.io.HiveIgnoreKeyTextOutputFormat`,
  library: lazySimple,
};

const namedClasses: Readonly<Record<Extract<StorageFormat, { kind: "named" }>["name"], FormatClasses>> =
  Object.freeze({
    textfile: textClasses,
    parquet: {
      inputFormat: `${hive}.ql.io.parquet.MapredParquetInputFormat`,
      outputFormat: `${hive}.ql.io.parquet.MapredParquetOutputFormat`,
      library: `${hive}.ql.io.parquet.serde.ParquetHiveSerDe`,
    },
    orc: {
      inputFormat: `${hive}.ql.io.orc.OrcInputFormat`,
      outputFormat: `${hive}.ql.io.orc.OrcOutputFormat`,
      library: `${hive}.ql.io.orc.OrcSerde`,
    },
    avro: {
      inputFormat: `${hive}.ql.io.avro.AvroContainerInputFormat`,
      outputFormat: `${hive}.ql.io.avro.AvroContainerOutputFormat`,
      library: `${hive}.serde2.avro.AvroSerDe`,
    },
    rcfile: {
      inputFormat: `${hive}.ql.io.RCFileInputFormat`,
      outputFormat: `${hive}.ql.io.RCFileOutputFormat`,
      library: `${hive}.serde2.columnar.LazyBinaryColumnarSerDe`,
    },
    sequencefile: {
      inputFormat: "org.apache.hadoop.mapred.SequenceFileInputFormat",
      outputFormat: `${hive}.ql.io.HiveSequenceFileOutputFormat`,
      library: lazySimple,
    },
  });

/** What CREATE EXTERNAL TABLE says of the files, as the catalog keeps it. Without a word they are text. */
export function storageOf(
  rowFormat: RowFormat | undefined,
  storedAs: StorageFormat | undefined,
  location: string,
  columns: readonly CatalogColumn[],
): CatalogStorage {
  const classes = storedAs?.kind === "named" ? namedClasses[storedAs.name] : textClasses;
  const { inputFormat, outputFormat } = storedAs?.kind === "classes" ? storedAs : classes;
  return {
    Columns: columns,
    Location: location,
    InputFormat: inputFormat,
    OutputFormat: outputFormat,
    Compressed: false,
    NumberOfBuckets: -1,
    SerdeInfo: serdeOf(rowFormat, storedAs, classes),
  };
}

/** The classes of SET FILE FORMAT. */
export function withFormat(storage: CatalogStorage, format: StorageFormat): CatalogStorage {
  const { InputFormat, OutputFormat, SerdeInfo } = storageOf(undefined, format, "", []);
  // Classes of one's own say nothing of the library.
  const serde = format.kind === "classes" ? storage.SerdeInfo : SerdeInfo;
  return { ...storage, InputFormat, OutputFormat, SerdeInfo: serde };
}

function serdeOf(
  rowFormat: RowFormat | undefined,
  storedAs: StorageFormat | undefined,
  { library }: FormatClasses,
): CatalogStorage["SerdeInfo"] {
  if (rowFormat?.kind === "serde")
    return { SerializationLibrary: rowFormat.library, Parameters: parametersOf(rowFormat.properties) };
  if (rowFormat?.kind === "delimited") {
    const { fieldDelimiter, lineDelimiter } = rowFormat;
    const fields =
      fieldDelimiter === undefined
        ? { "serialization.format": "1" }
        : { "field.delim": fieldDelimiter, "serialization.format": fieldDelimiter };
    return {
      SerializationLibrary: lazySimple,
      Parameters: { ...fields, ...(lineDelimiter === undefined ? {} : { "line.delim": lineDelimiter }) },
    };
  }
  const classes = storedAs?.kind === "classes" ? libraryOf(storedAs.inputFormat) : library;
  return { SerializationLibrary: classes, Parameters: { "serialization.format": "1" } };
}

/** The library that goes with an input format that is given by its class alone. */
function libraryOf(inputFormat: string): string {
  const known = Object.values(namedClasses).find((classes) => classes.inputFormat === inputFormat);
  return known?.library ?? lazySimple;
}

export function parametersOf(properties: readonly TableProperty[]): Readonly<Record<string, string>> {
  return Object.fromEntries(properties.map(({ name, value }) => [name, value]));
}

/** @throws SqlError 0A000 for a type that no external table has */
export function catalogColumn({ name, type, typeSpan }: HiveColumn): CatalogColumn {
  const found = hiveTypeOf(type);
  if (found === undefined || sqlTypeOf(found) === undefined)
    throw new SqlError("0A000", `Unsupported data type "${type}" for external table creation`, {
      position: typeSpan.start,
    });
  return { Name: name.name.toLowerCase(), Type: printHiveType(found) };
}
