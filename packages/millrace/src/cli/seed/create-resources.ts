import { AwsCallError } from "../aws-call/aws-caller.ts";
import { until } from "../aws-call/until.ts";
import type {
  CatalogFormat,
  CatalogTableSeed,
  DatabaseSeed,
  DeliverySeed,
  StreamSeed,
  TableSeed,
} from "./document.ts";
import { isThere, patienceMs, type SeedParts } from "./seed-parts.ts";

/** Runs a call that creates. Answers false when the thing is there already. */
async function created(
  parts: SeedParts,
  service: string,
  operation: string,
  input: object,
): Promise<boolean> {
  try {
    await parts.aws.call(service, operation, input);
    return true;
  } catch (error) {
    if (error instanceof AwsCallError && isThere(error.code)) return false;
    throw error;
  }
}

/** Answers whether the stream is new. */
export async function createStream(seed: StreamSeed, parts: SeedParts): Promise<boolean> {
  const { name, shards, retentionHours } = seed;
  const isNew = await created(parts, "kinesis", "CreateStream", {
    StreamName: name,
    ...(shards === undefined
      ? { StreamModeDetails: { StreamMode: "ON_DEMAND" } }
      : { ShardCount: shards, StreamModeDetails: { StreamMode: "PROVISIONED" } }),
  });
  const hours = await until(
    async () => {
      const { StreamDescriptionSummary: stream } = await parts.aws.call<{
        readonly StreamDescriptionSummary: {
          readonly StreamStatus: string;
          readonly RetentionPeriodHours: number;
        };
      }>("kinesis", "DescribeStreamSummary", { StreamName: name });
      return stream.StreamStatus === "ACTIVE" ? stream.RetentionPeriodHours : undefined;
    },
    { what: `the stream ${name} is ACTIVE`, timeoutMs: patienceMs, signal: parts.signal },
  );
  if (retentionHours !== undefined && retentionHours > hours)
    await parts.aws.call("kinesis", "IncreaseStreamRetentionPeriod", {
      StreamName: name,
      RetentionPeriodHours: retentionHours,
    });
  parts.say(`stream ${name}`, isNew ? "created" : "is there, its records stay as they are");
  return isNew;
}

export async function createTable(seed: TableSeed, parts: SeedParts): Promise<void> {
  const { name, partitionKey, sortKey } = seed;
  const keys = sortKey === undefined ? [partitionKey] : [partitionKey, sortKey];
  const isNew = await created(parts, "dynamodb", "CreateTable", {
    TableName: name,
    AttributeDefinitions: keys.map((key) => ({ AttributeName: key.name, AttributeType: key.type })),
    KeySchema: keys.map((key, index) => ({
      AttributeName: key.name,
      KeyType: index === 0 ? "HASH" : "RANGE",
    })),
    BillingMode: "PAY_PER_REQUEST",
  });
  await until(
    async () => {
      const { Table } = await parts.aws.call<{ readonly Table: { readonly TableStatus: string } }>(
        "dynamodb",
        "DescribeTable",
        { TableName: name },
      );
      return Table.TableStatus === "ACTIVE" ? Table : undefined;
    },
    { what: `the table ${name} is ACTIVE`, timeoutMs: patienceMs, signal: parts.signal },
  );
  parts.say(`table ${name}`, isNew ? "created" : "is there");
}

/** A database of the data catalog and its tables. Tables that are there get the columns of the file. */
export async function createCatalog({ name, tables }: DatabaseSeed, parts: SeedParts): Promise<void> {
  const isNew = await created(parts, "glue", "CreateDatabase", { DatabaseInput: { Name: name } });
  parts.say(`database ${name}`, isNew ? "created" : "is there");
  for (const table of tables) {
    const TableInput = tableInput(table);
    const isNewTable = await created(parts, "glue", "CreateTable", { DatabaseName: name, TableInput });
    if (!isNewTable) await parts.aws.call("glue", "UpdateTable", { DatabaseName: name, TableInput });
    parts.say(`table ${name}.${table.name}`, isNewTable ? "created" : "updated");
  }
}

interface HiveFormat {
  readonly input: string;
  readonly output: string;
  readonly serde: string;
  readonly parameters: Readonly<Record<string, string>>;
}

const textInput = "org.apache.hadoop.mapred.TextInputFormat";
const textOutput = "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat";

const hiveFormats: Readonly<Record<CatalogFormat, HiveFormat>> = Object.freeze({
  json: {
    input: textInput,
    output: textOutput,
    serde: "org.openx.data.jsonserde.JsonSerDe",
    parameters: {},
  },
  csv: {
    input: textInput,
    output: textOutput,
    serde: "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe",
    parameters: { "field.delim": "," },
  },
  parquet: {
    input: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
    output: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
    serde: "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
    parameters: {},
  },
});

function tableInput({ name, columns, partitionKeys, location, format }: CatalogTableSeed): object {
  const { input, output, serde, parameters } = hiveFormats[format];
  const hive = (all: readonly { readonly name: string; readonly type: string }[]): readonly object[] =>
    all.map((column) => ({ Name: column.name, Type: column.type }));
  return {
    Name: name,
    TableType: "EXTERNAL_TABLE",
    Parameters: { classification: format },
    PartitionKeys: hive(partitionKeys),
    StorageDescriptor: {
      Columns: hive(columns),
      ...(location === undefined ? {} : { Location: location }),
      InputFormat: input,
      OutputFormat: output,
      SerdeInfo: { SerializationLibrary: serde, Parameters: parameters },
    },
  };
}

const roleName = "millrace-seed";

export async function createDeliveryStream(seed: DeliverySeed, parts: SeedParts): Promise<void> {
  const { aws } = parts;
  const { name, source } = seed;
  const roleArn = await deliveryRole(parts);
  const account = roleArn.split(":")[4] ?? "";
  const isNew = await created(parts, "firehose", "CreateDeliveryStream", {
    DeliveryStreamName: name,
    ...(source === undefined
      ? { DeliveryStreamType: "DirectPut" }
      : {
          DeliveryStreamType: "KinesisStreamAsSource",
          KinesisStreamSourceConfiguration: {
            KinesisStreamARN: `arn:aws:kinesis:${aws.connection.region}:${account}:stream/${source}`,
            RoleARN: roleArn,
          },
        }),
    ExtendedS3DestinationConfiguration: {
      RoleARN: roleArn,
      BucketARN: `arn:aws:s3:::${seed.bucket}`,
      ...(seed.prefix === undefined ? {} : { Prefix: seed.prefix }),
      ...(seed.compression === undefined ? {} : { CompressionFormat: seed.compression }),
      BufferingHints: { SizeInMBs: seed.bufferMiB, IntervalInSeconds: seed.bufferSeconds },
    },
  });
  await until(
    async () => {
      const { DeliveryStreamDescription: stream } = await aws.call<{
        readonly DeliveryStreamDescription: { readonly DeliveryStreamStatus: string };
      }>("firehose", "DescribeDeliveryStream", { DeliveryStreamName: name });
      return stream.DeliveryStreamStatus === "ACTIVE" ? stream : undefined;
    },
    { what: `the delivery stream ${name} is ACTIVE`, timeoutMs: patienceMs, signal: parts.signal },
  );
  parts.say(`delivery stream ${name}`, isNew ? "created" : "is there");
}

/** A role that Firehose may take, for reading streams and writing objects. */
async function deliveryRole(parts: SeedParts): Promise<string> {
  const statement = {
    Effect: "Allow",
    Principal: { Service: "firehose.amazonaws.com" },
    Action: "sts:AssumeRole",
  };
  await created(parts, "iam", "CreateRole", {
    RoleName: roleName,
    AssumeRolePolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }),
  });
  const Action = ["s3:*", "kinesis:*", "kms:Decrypt", "kms:GenerateDataKey", "logs:*"];
  await parts.aws.call("iam", "PutRolePolicy", {
    RoleName: roleName,
    PolicyName: "delivery",
    PolicyDocument: JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action, Resource: "*" }],
    }),
  });
  const { Role } = await parts.aws.call<{ readonly Role: { readonly Arn: string } }>("iam", "GetRole", {
    RoleName: roleName,
  });
  return Role.Arn;
}
