import type { DataFormatConversionConfiguration } from "@aws-sdk/client-firehose";
import type { Input } from "../../../gateway/service.ts";
import { type ConversionSchema, checkConversion } from "../../../kernels/delivery/index.ts";
import { type OnBehalf, type SchemaTable, SchemaTableError } from "../dependencies.ts";
import type { DestinationRequest } from "../destinations/destination.ts";
import { invalidArgument, notSupported } from "../errors.ts";
import { limits } from "../limits.ts";
import type { S3Settings } from "./s3-settings.ts";
import { checkRole } from "./settings-check.ts";

/** What conversion needs of an S3 destination. */
interface ConvertingSettings extends S3Settings {
  readonly DataFormatConversionConfiguration?: Input<DataFormatConversionConfiguration> | undefined;
}

type Conversion = Input<DataFormatConversionConfiguration>;

/** A configuration that does not say otherwise is enabled. */
export function isConverting(conversion: Conversion | undefined): conversion is Conversion {
  return conversion !== undefined && conversion.Enabled !== false;
}

/** Member by member, those of the schema included; serializer and deserializer are replaced as a whole. */
export function mergedConversion(
  current: Conversion | undefined,
  change: Conversion | undefined,
): Conversion | undefined {
  if (change === undefined) return current;
  const schema = change.SchemaConfiguration;
  return defined({
    SchemaConfiguration:
      schema === undefined
        ? current?.SchemaConfiguration
        : defined({ ...current?.SchemaConfiguration, ...defined(schema) }),
    InputFormatConfiguration: change.InputFormatConfiguration ?? current?.InputFormatConfiguration,
    OutputFormatConfiguration: change.OutputFormatConfiguration ?? current?.OutputFormatConfiguration,
    Enabled: change.Enabled ?? current?.Enabled ?? true,
  });
}

function defined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T;
}

/**
 * Refuses what AWS refuses, in its order (recorded in floci's FirehoseDataFormatConversionTest).
 * @throws ServiceError InvalidArgumentException
 */
export function checkFormatConversion(settings: ConvertingSettings): void {
  const conversion = settings.DataFormatConversionConfiguration;
  if (!isConverting(conversion)) return;
  if (settings.CompressionFormat !== "UNCOMPRESSED")
    throw invalidArgument(
      "The S3 destination's compression format must be set to UNCOMPRESSED when data format conversion is enabled. " +
        "To enable compression within the converted output format, set the appropriate serialization option in the " +
        "output format configuration.",
    );
  if (settings.BufferingHints.SizeInMBs < limits.minLargeBufferMBs)
    throw invalidArgument(
      `BufferingHints.SizeInMBs must be at least ${limits.minLargeBufferMBs} when data format conversion is enabled.`,
    );
  checkFormats(conversion);
  checkSchema(conversion);
}

function checkFormats(conversion: Conversion): void {
  const { InputFormatConfiguration: input, OutputFormatConfiguration: output } = conversion;
  if (input === undefined) throw invalidArgument("InputFormatConfiguration must not be null");
  if (output === undefined) throw invalidArgument("OutputFormatConfiguration must not be null");
  if (conversion.SchemaConfiguration === undefined)
    throw invalidArgument("SchemaConfiguration must not be null");
  const { OpenXJsonSerDe: openX, HiveJsonSerDe: hive } = input.Deserializer ?? {};
  if (openX === undefined && hive === undefined) throw invalidArgument("Deserializer must not be null");
  if (openX !== undefined && hive !== undefined)
    throw invalidArgument("More than one deserializer specified. Only one may be chosen.");
  const { ParquetSerDe: parquet, OrcSerDe: orc } = output.Serializer ?? {};
  if (parquet === undefined && orc === undefined) throw invalidArgument("Serializer must not be null");
  if (parquet !== undefined && orc !== undefined)
    throw invalidArgument("More than one serializer specified. Only one may be chosen.");
  if (orc !== undefined)
    throw notSupported("OrcSerDe is not supported: Millrace cannot write ORC yet. Use ParquetSerDe.");
}

function checkSchema({ SchemaConfiguration: schema = {} }: Conversion): void {
  const required = [
    ["RoleArn", schema.RoleARN],
    ["DatabaseName", schema.DatabaseName],
    ["TableName", schema.TableName],
  ] as const;
  for (const [name, value] of required)
    if (!value) throw invalidArgument(`SchemaConfiguration.${name} must not be null or empty`);
}

/** Looks the table up in the name of the role, as AWS does when a stream is created or updated. */
export async function checkTable(settings: ConvertingSettings, request: DestinationRequest): Promise<void> {
  const conversion = settings.DataFormatConversionConfiguration;
  if (!isConverting(conversion)) return;
  const { parts, call, stream } = request;
  checkRole(conversion.SchemaConfiguration?.RoleARN ?? settings.RoleARN, request);
  const onBehalf = { account: call.account, region: call.region, sourceArn: stream.arn };
  await parts.tables.open();
  let schema: ConversionSchema;
  try {
    schema = conversionSchema(settings, onBehalf, parts);
  } catch (error) {
    if (!(error instanceof SchemaTableError)) throw error;
    throw invalidArgument(
      `${error.message} (Service: AWSGlue; Status Code: 400; Error Code: ${error.code}; Request ID: ` +
        `${call.requestId}; Proxy: null)`,
    );
  }
  const problem = checkConversion(schema);
  if (problem !== undefined) throw invalidArgument(problem);
}

/** The table that a destination converts by. */
export function schemaTable(settings: ConvertingSettings, owner: OnBehalf): SchemaTable {
  const schema = settings.DataFormatConversionConfiguration?.SchemaConfiguration ?? {};
  return {
    catalogId: schema.CatalogId ?? owner.account,
    region: schema.Region ?? owner.region,
    database: schema.DatabaseName ?? "",
    table: schema.TableName ?? "",
    versionId: schema.VersionId ?? "LATEST",
  };
}

/** How the records of a destination are converted now. @throws SchemaTableError */
export function conversionSchema(
  settings: ConvertingSettings,
  onBehalf: OnBehalf,
  { tables, roles }: Pick<DestinationRequest["parts"], "tables" | "roles">,
): ConversionSchema {
  const table = schemaTable(settings, onBehalf);
  const roleArn =
    settings.DataFormatConversionConfiguration?.SchemaConfiguration?.RoleARN ?? settings.RoleARN;
  const refusal = roles.refusal({
    roleArn,
    service: "firehose.amazonaws.com",
    sourceArn: onBehalf.sourceArn,
    action: "glue:GetTableVersions",
    resources: glueArns(table, onBehalf),
  });
  if (refusal !== undefined)
    throw new SchemaTableError(
      "AccessDeniedException",
      "Access was denied when calling Glue. Please ensure that the role specified in the data format conversion " +
        `configuration has the necessary permissions. ${refusal.message}`,
    );
  const columns = tables.columns(table);
  const { InputFormatConfiguration: input, OutputFormatConfiguration: output } =
    settings.DataFormatConversionConfiguration ?? {};
  const { OpenXJsonSerDe: openX, HiveJsonSerDe: hive } = input?.Deserializer ?? {};
  const parquet = output?.Serializer?.ParquetSerDe ?? {};
  return {
    columns,
    serde:
      hive === undefined
        ? defined({
            kind: "openx" as const,
            caseInsensitive: openX?.CaseInsensitive,
            columnToJsonKeyMappings: openX?.ColumnToJsonKeyMappings,
            convertDotsInJsonKeysToUnderscores: openX?.ConvertDotsInJsonKeysToUnderscores,
          } as ConversionSchema["serde"])
        : defined({ kind: "hive", timestampFormats: hive.TimestampFormats } as ConversionSchema["serde"]),
    parquet: defined({
      blockSizeBytes: parquet.BlockSizeBytes,
      pageSizeBytes: parquet.PageSizeBytes,
      compression: parquet.Compression,
      enableDictionaryCompression: parquet.EnableDictionaryCompression,
      writerVersion: parquet.WriterVersion,
    } as ConversionSchema["parquet"]),
  };
}

function glueArns({ catalogId, region, database, table }: SchemaTable, { sourceArn }: OnBehalf): string[] {
  const partition = sourceArn.split(":")[1] ?? "aws";
  const prefix = `arn:${partition}:glue:${region}:${catalogId}`;
  return [`${prefix}:catalog`, `${prefix}:database/${database}`, `${prefix}:table/${database}/${table}`];
}
