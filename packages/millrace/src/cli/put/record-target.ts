import { setTimeout as sleep } from "node:timers/promises";
import { type AwsCaller, isAwsError } from "../aws-call/aws-caller.ts";
import { CommandError } from "../command-error.ts";
import type { BatchLimits, OutgoingRecord } from "./batches.ts";

/** What takes records in batches, and says of each one whether it took it. */
export interface RecordTarget {
  /** `the stream clicks` */
  readonly text: string;
  readonly limits: BatchLimits;
  /** Whether its records are lines of an object in the end, which need line feeds. */
  readonly wantsLineFeeds: boolean;
  /** Answers those that were not taken, with the reason of the first one. */
  put(records: readonly OutgoingRecord[]): Promise<Refused>;
}

export interface Refused {
  readonly records: readonly OutgoingRecord[];
  readonly reason: string | undefined;
}

export type TargetKind = "stream" | "delivery";

const mebibyte = 2 ** 20;
const firstPauseMs = 100;
const maxPauseMs = 5_000;

/** The data stream or the delivery stream of that name; the data stream where there are both. @throws CommandError */
export async function findTarget(
  aws: AwsCaller,
  name: string,
  kind: TargetKind | undefined,
): Promise<RecordTarget> {
  const [isStream, isDelivery] = await Promise.all([
    kind !== "delivery" && exists(aws, "kinesis", "DescribeStreamSummary", { StreamName: name }),
    kind !== "stream" && exists(aws, "firehose", "DescribeDeliveryStream", { DeliveryStreamName: name }),
  ]);
  if (isStream) return streamTarget(aws, name);
  if (isDelivery) return deliveryTarget(aws, name);
  throw new CommandError(
    `There is no stream and no delivery stream ${name} in ${aws.connection.region}. ` +
      `Create it: aws kinesis create-stream --stream-name ${name}.`,
  );
}

async function exists(aws: AwsCaller, service: string, operation: string, input: object): Promise<boolean> {
  try {
    await aws.call(service, operation, input);
    return true;
  } catch (error) {
    if (isAwsError(error, "ResourceNotFoundException")) return false;
    throw error;
  }
}

interface Outcome {
  readonly ErrorCode?: string;
  readonly ErrorMessage?: string;
}

function streamTarget(aws: AwsCaller, name: string): RecordTarget {
  return {
    text: `the stream ${name}`,
    // Of 10 MiB that a call may have: twice as many calls cost little.
    limits: { records: 500, bytes: 5 * mebibyte },
    wantsLineFeeds: false,
    async put(records) {
      const { Records } = await aws.call<{ readonly Records: readonly Outcome[] }>("kinesis", "PutRecords", {
        StreamName: name,
        Records: records.map(({ partitionKey, data }) => ({
          PartitionKey: partitionKey,
          Data: base64(data),
        })),
      });
      return refusedOf(records, Records);
    },
  };
}

function deliveryTarget(aws: AwsCaller, name: string): RecordTarget {
  return {
    text: `the delivery stream ${name}`,
    limits: { records: 500, bytes: 4_000_000 },
    wantsLineFeeds: true,
    async put(records) {
      const answer = await aws.call<{ readonly RequestResponses: readonly Outcome[] }>(
        "firehose",
        "PutRecordBatch",
        { DeliveryStreamName: name, Records: records.map(({ data }) => ({ Data: base64(data) })) },
      );
      return refusedOf(records, answer.RequestResponses);
    },
  };
}

function base64(data: Uint8Array): string {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("base64");
}

function refusedOf(records: readonly OutgoingRecord[], outcomes: readonly Outcome[]): Refused {
  const first = outcomes.find(({ ErrorCode }) => ErrorCode !== undefined);
  return {
    records: records.filter((_, index) => outcomes[index]?.ErrorCode !== undefined),
    reason: first && `${first.ErrorCode}: ${first.ErrorMessage}`,
  };
}

/** Puts a batch, and again what was refused, with pauses that grow. Answers what is left after all retries. */
export async function putPatiently(
  target: RecordTarget,
  records: readonly OutgoingRecord[],
  retries: number,
  signal: AbortSignal,
): Promise<Refused> {
  let refused: Refused = { records, reason: undefined };
  let pauseMs = firstPauseMs;
  for (let attempt = 0; attempt <= retries && !signal.aborted; attempt++) {
    if (attempt > 0) {
      await sleep(pauseMs, undefined, { signal });
      pauseMs = Math.min(maxPauseMs, pauseMs * 2);
    }
    refused = await tried(target, refused.records);
    if (refused.records.length === 0) break;
  }
  return refused;
}

async function tried(target: RecordTarget, records: readonly OutgoingRecord[]): Promise<Refused> {
  try {
    return await target.put(records);
  } catch (error) {
    if (isAwsError(error, "ProvisionedThroughputExceededException", "ServiceUnavailableException"))
      return { records, reason: error.message };
    throw error;
  }
}
