import { isAwsError } from "../aws-call/aws-caller.ts";
import { until } from "../aws-call/until.ts";
import {
  type DemoNames,
  type DemoParts,
  demoNames,
  flightShards,
  lakeFolder,
  patienceMs,
  roleName,
} from "./demo-parts.ts";

const maxRuns = 1_000;

/** What Firehose converts by; the crawler finds the same again in the files. */
const columns = [
  { Name: "departed", Type: "timestamp" },
  { Name: "origin", Type: "string" },
  { Name: "destination", Type: "string" },
  { Name: "delay", Type: "int" },
  { Name: "distance", Type: "int" },
] as const;

/** The names of this run: the first ones whose stream is not there, which is made with it. */
export async function createFlightStream({ aws }: Pick<DemoParts, "aws">): Promise<DemoNames> {
  for (let run = 1; run <= maxRuns; run++) {
    const names = demoNames(run);
    try {
      await aws.call("kinesis", "CreateStream", { StreamName: names.flights, ShardCount: flightShards });
      return names;
    } catch (error) {
      if (!isAwsError(error, "ResourceInUseException")) throw error;
    }
  }
  throw new Error(`There are ${maxRuns} runs of the demo already: POST /_millrace/reset empties Millrace.`);
}

/** A role that the four services may take, and that may do everything. Answers its ARN. */
export async function createRole({ aws }: Pick<DemoParts, "aws">): Promise<string> {
  const services = ["firehose", "glue", "kinesisanalytics", "redshift"];
  const trust = {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: services.map((service) => `${service}.amazonaws.com`) },
        Action: "sts:AssumeRole",
      },
    ],
  };
  const permissions = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
  };
  try {
    await aws.call("iam", "CreateRole", {
      RoleName: roleName,
      AssumeRolePolicyDocument: JSON.stringify(trust),
    });
  } catch (error) {
    if (!isAwsError(error, "EntityAlreadyExistsException", "EntityAlreadyExists")) throw error;
  }
  await aws.call("iam", "PutRolePolicy", {
    RoleName: roleName,
    PolicyName: "everything",
    PolicyDocument: JSON.stringify(permissions),
  });
  const { Role } = await aws.call<{ readonly Role: { readonly Arn: string } }>("iam", "GetRole", {
    RoleName: roleName,
  });
  return Role.Arn;
}

/** The stream of results, the bucket, the table that Firehose converts by, and the delivery stream. */
export async function createResources(parts: DemoParts): Promise<void> {
  const { aws, names } = parts;
  await aws.call("kinesis", "CreateStream", { StreamName: names.delays, ShardCount: 1 });
  await aws.call("s3", "CreateBucket", { Bucket: names.bucket });
  await aws.call("glue", "CreateDatabase", { DatabaseInput: { Name: names.database } });
  await aws.call("glue", "CreateTable", {
    DatabaseName: names.database,
    TableInput: { Name: "flight_records", StorageDescriptor: { Columns: columns } },
  });
  for (const stream of [names.flights, names.delays]) await untilStreamIsActive(parts, stream);
  await createDeliveryStream(parts);
}

async function untilStreamIsActive({ aws, signal }: DemoParts, name: string): Promise<void> {
  await until(
    async () => {
      const { StreamDescriptionSummary: stream } = await aws.call<{
        readonly StreamDescriptionSummary: { readonly StreamStatus: string };
      }>("kinesis", "DescribeStreamSummary", { StreamName: name });
      return stream.StreamStatus === "ACTIVE" ? stream : undefined;
    },
    { what: `the stream ${name} is ACTIVE`, timeoutMs: patienceMs, signal },
  );
}

/** Parquet by the table's columns, a partition a month that a jq expression takes out of each record. */
async function createDeliveryStream({ aws, names, account, roleArn, signal }: DemoParts): Promise<void> {
  const { region } = aws.connection;
  const extraction = [
    { ParameterName: "MetadataExtractionQuery", ParameterValue: "{month: .departed[0:7]}" },
    { ParameterName: "JsonParsingEngine", ParameterValue: "JQ-1.6" },
  ];
  await aws.call("firehose", "CreateDeliveryStream", {
    DeliveryStreamName: names.flights,
    DeliveryStreamType: "KinesisStreamAsSource",
    KinesisStreamSourceConfiguration: {
      KinesisStreamARN: `arn:aws:kinesis:${region}:${account}:stream/${names.flights}`,
      RoleARN: roleArn,
    },
    ExtendedS3DestinationConfiguration: {
      RoleARN: roleArn,
      BucketARN: `arn:aws:s3:::${names.bucket}`,
      Prefix: `${lakeFolder}/month=!{partitionKeyFromQuery:month}/`,
      ErrorOutputPrefix: "errors/!{firehose:error-output-type}/",
      BufferingHints: { SizeInMBs: 64, IntervalInSeconds: 5 },
      DynamicPartitioningConfiguration: { Enabled: true },
      ProcessingConfiguration: {
        Enabled: true,
        Processors: [{ Type: "MetadataExtraction", Parameters: extraction }],
      },
      DataFormatConversionConfiguration: {
        Enabled: true,
        SchemaConfiguration: {
          RoleARN: roleArn,
          DatabaseName: names.database,
          TableName: "flight_records",
          Region: region,
        },
        InputFormatConfiguration: { Deserializer: { OpenXJsonSerDe: {} } },
        OutputFormatConfiguration: { Serializer: { ParquetSerDe: {} } },
      },
    },
  });
  await until(
    async () => {
      const { DeliveryStreamDescription: described } = await aws.call<{
        readonly DeliveryStreamDescription: { readonly DeliveryStreamStatus: string };
      }>("firehose", "DescribeDeliveryStream", { DeliveryStreamName: names.flights });
      return described.DeliveryStreamStatus === "ACTIVE" ? described : undefined;
    },
    { what: `the delivery stream ${names.flights} is ACTIVE`, timeoutMs: patienceMs, signal },
  );
}
