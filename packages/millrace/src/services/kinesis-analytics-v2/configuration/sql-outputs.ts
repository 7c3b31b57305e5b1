import type {
  Output,
  OutputDescription,
  OutputUpdate,
  ReferenceDataSource,
  ReferenceDataSourceDescription,
  ReferenceDataSourceUpdate,
} from "@aws-sdk/client-kinesis-analytics-v2";
import { parseArn } from "../../../core/arn.ts";
import type { Input } from "../../../gateway/service.ts";
import { invalidArgument } from "../errors.ts";
import { checkSchema } from "./source-schema.ts";

/** The service that each kind of destination belongs to. */
const destinations = {
  KinesisStreamsOutput: "kinesis",
  KinesisFirehoseOutput: "firehose",
  LambdaOutput: "lambda",
} as const;
type DestinationKind = keyof typeof destinations;
const kinds = Object.keys(destinations) as DestinationKind[];

/** A destination of a SQL-1_0 application. @throws ServiceError InvalidArgumentException */
export function newOutput(asked: Input<Output>, id: string): OutputDescription {
  const given = kinds.filter((kind) => asked[kind] !== undefined);
  const [kind] = given;
  if (kind === undefined || given.length > 1)
    throw invalidArgument(`Exactly one of ${kinds.join(", ")} must be given as the destination.`);
  return {
    OutputId: id,
    Name: asked.Name,
    ...describedDestination(kind, asked[kind]?.ResourceARN ?? ""),
    DestinationSchema: asked.DestinationSchema,
  };
}

/** @throws ServiceError InvalidArgumentException */
export function updatedOutput(before: OutputDescription, update: Input<OutputUpdate>): OutputDescription {
  const given = kinds.filter((kind) => update[`${kind}Update`] !== undefined);
  const [kind] = given;
  if (given.length > 1) throw invalidArgument(`At most one of ${kinds.join(", ")} can be updated.`);
  const kept =
    kind === undefined
      ? before
      : { OutputId: before.OutputId, Name: before.Name, DestinationSchema: before.DestinationSchema };
  return {
    ...kept,
    ...(kind !== undefined && describedDestination(kind, update[`${kind}Update`]?.ResourceARNUpdate ?? "")),
    Name: update.NameUpdate ?? before.Name,
    DestinationSchema: update.DestinationSchemaUpdate ?? before.DestinationSchema,
  };
}

function describedDestination(kind: DestinationKind, arn: string): OutputDescription {
  if (parseArn(arn)?.service !== destinations[kind])
    throw invalidArgument(`${arn} is not an ARN that ${kind} takes.`);
  return { [`${kind}Description`]: { ResourceARN: arn } };
}

/** A table of a SQL-1_0 application. @throws ServiceError InvalidArgumentException */
export function newReference(asked: Input<ReferenceDataSource>, id: string): ReferenceDataSourceDescription {
  const { BucketARN: bucket, FileKey: key } = asked.S3ReferenceDataSource ?? {};
  checkSchema(asked.ReferenceSchema);
  return {
    ReferenceId: id,
    TableName: asked.TableName,
    S3ReferenceDataSourceDescription: referenceObject(bucket, key),
    ReferenceSchema: asked.ReferenceSchema,
  };
}

/** @throws ServiceError InvalidArgumentException */
export function updatedReference(
  before: ReferenceDataSourceDescription,
  update: Input<ReferenceDataSourceUpdate>,
): ReferenceDataSourceDescription {
  const { BucketARNUpdate: bucket, FileKeyUpdate: key } = update.S3ReferenceDataSourceUpdate ?? {};
  const old = before.S3ReferenceDataSourceDescription;
  if (update.ReferenceSchemaUpdate !== undefined) checkSchema(update.ReferenceSchemaUpdate);
  return {
    ...before,
    TableName: update.TableNameUpdate ?? before.TableName,
    S3ReferenceDataSourceDescription: referenceObject(bucket ?? old?.BucketARN, key ?? old?.FileKey),
    ReferenceSchema: update.ReferenceSchemaUpdate ?? before.ReferenceSchema,
  };
}

function referenceObject(
  bucket: string | undefined,
  key: string | undefined,
): NonNullable<ReferenceDataSourceDescription["S3ReferenceDataSourceDescription"]> {
  if (bucket === undefined || key === undefined)
    throw invalidArgument("S3ReferenceDataSource needs a BucketARN and a FileKey.");
  if (parseArn(bucket)?.service !== "s3") throw invalidArgument(`${bucket} is not the ARN of a bucket.`);
  return { BucketARN: bucket, FileKey: key };
}
