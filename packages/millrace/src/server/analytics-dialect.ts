import type {
  InputDescription,
  SourceSchema,
  SqlApplicationConfigurationDescription,
} from "@aws-sdk/client-kinesis-analytics-v2";
import type { AnalyticsDialect } from "../services/kinesis-analytics-v2/index.ts";
import type {
  ApplicationConnections,
  ApplicationInput,
  RecordSchema,
  StreamEnd,
} from "../sql/kinesis-analytics/application-schema.ts";
import type { PositionMapping } from "../sql/kinesis-analytics/rewrite.ts";

/** The retired dialect, in the shapes of the service's API. Its code is loaded by the first application that has it. */
export function openAnalyticsDialect(): AnalyticsDialect {
  return {
    async rewrite(code, configuration, positions) {
      const { rewriteAnalyticsSql } = await import("../sql/kinesis-analytics/rewrite.ts");
      const { flinkSql, positions: places } = rewriteAnalyticsSql(
        code,
        connectionsOf(configuration, positions),
      );
      return { text: flinkSql, placeOf: (position) => placeIn(places, position) };
    },
  };
}

/** Where in the application's code what stands at a place of the program comes from. */
function placeIn(places: readonly PositionMapping[], position: number): number {
  const piece = places.findLast(({ start, end }) => start <= position && position <= end);
  if (piece === undefined) return 0;
  return Math.min(piece.originalStart + position - piece.start, piece.originalEnd);
}

type Positions = Parameters<AnalyticsDialect["rewrite"]>[2];

function connectionsOf(
  {
    InputDescriptions,
    OutputDescriptions,
    ReferenceDataSourceDescriptions,
  }: SqlApplicationConfigurationDescription,
  positions: Positions,
): ApplicationConnections {
  return {
    inputs: (InputDescriptions ?? []).map((input) => inputOf(input, positions[input.InputId ?? ""])),
    outputs: (OutputDescriptions ?? []).map((output) => ({
      name: output.Name ?? "",
      recordFormat: output.DestinationSchema?.RecordFormatType ?? "JSON",
      destination: destinationOf(
        output.KinesisStreamsOutputDescription?.ResourceARN,
        output.KinesisFirehoseOutputDescription?.ResourceARN,
      ),
    })),
    referenceTables: (ReferenceDataSourceDescriptions ?? []).map((reference) => ({
      tableName: reference.TableName ?? "",
      schema: schemaOf(reference.ReferenceSchema),
      bucketArn: reference.S3ReferenceDataSourceDescription?.BucketARN ?? "",
      fileKey: reference.S3ReferenceDataSourceDescription?.FileKey ?? "",
    })),
  };
}

function inputOf(input: InputDescription, started: Positions[string] | undefined): ApplicationInput {
  const position = startOf(started);
  return {
    namePrefix: input.NamePrefix ?? "",
    parallelism: input.InputParallelism?.Count ?? 1,
    schema: schemaOf(input.InputSchema),
    source: { kind: "kinesis", streamArn: input.KinesisStreamsInputDescription?.ResourceARN ?? "" },
    ...(position !== undefined && { startingPosition: position }),
  };
}

/** LAST_STOPPED_POINT is in the state that the job is restored from. */
function startOf(
  started: Positions[string] | undefined,
): "TRIM_HORIZON" | { timestampMs: number } | undefined {
  if (started === undefined) return undefined;
  return started.position === "NOW" ? { timestampMs: started.atMs } : "TRIM_HORIZON";
}

function destinationOf(streamArn: string | undefined, deliveryStreamArn: string | undefined): StreamEnd {
  return streamArn === undefined
    ? { kind: "firehose", deliveryStreamArn: deliveryStreamArn ?? "" }
    : { kind: "kinesis", streamArn };
}

function schemaOf(schema: SourceSchema | undefined): RecordSchema {
  const mapping = schema?.RecordFormat?.MappingParameters;
  const csv = mapping?.CSVMappingParameters;
  return {
    format:
      schema?.RecordFormat?.RecordFormatType === "CSV"
        ? {
            type: "CSV",
            rowDelimiter: csv?.RecordRowDelimiter ?? "\n",
            columnDelimiter: csv?.RecordColumnDelimiter ?? ",",
          }
        : { type: "JSON", rowPath: mapping?.JSONMappingParameters?.RecordRowPath ?? "$" },
    columns: (schema?.RecordColumns ?? []).map(({ Name, SqlType, Mapping }) => ({
      name: Name ?? "",
      sqlType: SqlType ?? "",
      mapping: Mapping,
    })),
  };
}
