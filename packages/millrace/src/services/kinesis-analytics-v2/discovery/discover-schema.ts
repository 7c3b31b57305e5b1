import type {
  DiscoverInputSchemaRequest,
  DiscoverInputSchemaResponse,
} from "@aws-sdk/client-kinesis-analytics-v2";
import { parseArn } from "../../../core/arn.ts";
import type { ServiceError } from "../../../core/errors.ts";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { checkRole } from "../applications/role-check.ts";
import {
  type KinesisAnalyticsV2Dependencies,
  ObjectReadError,
  type Reader,
  type SampledRecord,
} from "../dependencies.ts";
import {
  codeNotReadable,
  invalidArgument,
  schemaNotDetected,
  serviceUnavailable,
  throughputExceeded,
} from "../errors.ts";
import type { KinesisAnalyticsV2State } from "../state.ts";
import { inferSchema } from "./infer-schema.ts";
import { processedTexts } from "./process-records.ts";

/** How much is looked at. */
const maxRecords = 50;
const maxObjectBytes = 262_144;
/** How long new records of a stream are waited for. */
const waitMs = 10_000;
const pollMs = 250;
/** Rows that are answered. */
const maxParsedRows = 50;

type DiscoverInput = Input<DiscoverInputSchemaRequest>;

/** @throws ServiceError UnableToDetectSchemaException and others */
export async function discoverSchema(
  state: KinesisAnalyticsV2State,
  input: DiscoverInput,
  call: Call,
): Promise<DiscoverInputSchemaResponse> {
  const { dependencies } = state;
  const { ServiceExecutionRole: roleArn, InputProcessingConfiguration: processing } = input;
  const { account, region } = call;
  checkRole(dependencies.roles, roleArn, { account, region, name: "*" });
  const reader = { account, region, roleArn, sourceArn: `arn:aws:kinesisanalytics:${region}:${account}:*` };
  const records = await sampled(dependencies, input, reader, call);
  const raw = records.map(({ data }) => data.toString("utf8"));
  if (records.length === 0)
    throw schemaNotDetected("There are no records to detect a schema from.", { RawInputRecords: [] });
  const lambda = processing?.InputLambdaProcessor.ResourceARN;
  const processed =
    lambda === undefined ? undefined : await processedTexts(dependencies.functions, lambda, records, call);
  const found = inferSchema(processed ?? raw);
  if (typeof found === "string")
    throw schemaNotDetected(found, {
      RawInputRecords: raw,
      ...(processed && { ProcessedInputRecords: processed }),
    });
  return {
    InputSchema: found.schema,
    ParsedInputRecords: found.rows.slice(0, maxParsedRows).map((row) => [...row]),
    ...(processed && { ProcessedInputRecords: [...processed] }),
    RawInputRecords: raw,
  };
}

function sampled(
  dependencies: KinesisAnalyticsV2Dependencies,
  input: DiscoverInput,
  reader: Reader,
  call: Call,
): Promise<readonly SampledRecord[]> {
  const { ResourceARN: arn, S3Configuration: object } = input;
  if ((arn === undefined) === (object === undefined))
    throw invalidArgument("Exactly one of ResourceARN and S3Configuration must be given.");
  if (object !== undefined) return objectRecords(dependencies, object, reader);
  return streamRecords(dependencies, arn ?? "", input, reader, call);
}

/** The object stands for one record; what is behind the first part is not looked at. */
async function objectRecords(
  { objects, clock }: KinesisAnalyticsV2Dependencies,
  { BucketARN: bucketArn, FileKey: key }: NonNullable<DiscoverInput["S3Configuration"]>,
  reader: Reader,
): Promise<readonly SampledRecord[]> {
  try {
    const { bytes, size } = await objects.read({ bucketArn, key }, reader, maxObjectBytes);
    // The last line may have been cut.
    const whole = size > bytes.length ? bytes.subarray(0, bytes.lastIndexOf(0x0a) + 1) : bytes;
    if (whole.length === 0) return [];
    const identity = { sequenceNumber: "0", partitionKey: key, shardId: bucketArn };
    return [{ data: whole, arrivalMs: clock.now(), ...identity }];
  } catch (error) {
    if (error instanceof ObjectReadError) throw codeNotReadable(bucketArn, key, error.message);
    throw error;
  }
}

async function streamRecords(
  dependencies: KinesisAnalyticsV2Dependencies,
  arn: string,
  input: DiscoverInput,
  reader: Reader,
  call: Call,
): Promise<readonly SampledRecord[]> {
  const service = parseArn(arn)?.service;
  if (service === "firehose")
    throw invalidArgument(
      "A Firehose delivery stream is a destination: it has no records that could be read.",
    );
  if (service !== "kinesis") throw invalidArgument(`${arn} is not the ARN of a Kinesis data stream.`);
  const position = input.InputStartingPositionConfiguration?.InputStartingPosition ?? "NOW";
  if (position === "LAST_STOPPED_POINT")
    throw invalidArgument("LAST_STOPPED_POINT is not valid for the discovery of a schema.");
  const { clock, streams } = dependencies;
  const startMs = clock.now();
  const from = position === "TRIM_HORIZON" ? position : { atMs: startMs };
  try {
    for (;;) {
      const records = await streams.sample(arn, reader, from, maxRecords);
      if (records.length > 0 || clock.now() - startMs >= waitMs || call.signal.aborted) return records;
      await new Promise<void>((resolve) => void clock.after(pollMs, resolve));
    }
  } catch (error) {
    throw error instanceof ObjectReadError ? streamError(error) : error;
  }
}

function streamError(error: ObjectReadError): ServiceError {
  if (error.failure === "throttled") return throughputExceeded(error.message);
  return error.failure === "refused"
    ? invalidArgument(error.message)
    : serviceUnavailable(error.message, error);
}
