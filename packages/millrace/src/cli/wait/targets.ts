import type { AwsCaller } from "../aws-call/aws-caller.ts";
import { isAwsError } from "../aws-call/aws-caller.ts";
import { usageError } from "../command-error.ts";

/** What a wait is for. */
export interface WaitTarget {
  /** As it was given: `stream/flights=ACTIVE`. */
  readonly text: string;
  readonly name: string;
  /** The state to wait for. */
  readonly state: string;
  readonly kind: TargetKind;
}

export interface TargetKind {
  readonly name: string;
  /** The state that is waited for when none is given. */
  readonly usualState: string;
  /** The state now; undefined where there is no such thing yet. */
  readonly state: (caller: AwsCaller, name: string) => Promise<string | undefined>;
}

/** What can be waited for: `<kind>/<name>`, or with a state `<kind>/<name>=<state>`. */
export const targetKinds: readonly TargetKind[] = [
  {
    name: "stream",
    usualState: "ACTIVE",
    state: asked("kinesis", "DescribeStreamSummary", "StreamName", [
      "StreamDescriptionSummary",
      "StreamStatus",
    ]),
  },
  {
    name: "delivery-stream",
    usualState: "ACTIVE",
    state: asked("firehose", "DescribeDeliveryStream", "DeliveryStreamName", [
      "DeliveryStreamDescription",
      "DeliveryStreamStatus",
    ]),
  },
  {
    name: "application",
    usualState: "READY",
    state: asked("kinesis-analytics-v2", "DescribeApplication", "ApplicationName", [
      "ApplicationDetail",
      "ApplicationStatus",
    ]),
  },
  {
    name: "cluster",
    usualState: "available",
    state: asked("redshift", "DescribeClusters", "ClusterIdentifier", ["Clusters", "0", "ClusterStatus"]),
  },
  {
    name: "crawler",
    usualState: "READY",
    state: asked("glue", "GetCrawler", "Name", ["Crawler", "State"]),
  },
  {
    name: "table",
    usualState: "ACTIVE",
    state: asked("dynamodb", "DescribeTable", "TableName", ["Table", "TableStatus"]),
  },
  { name: "bucket", usualState: "EXISTS", state: bucketState },
];

const missing = [
  "ResourceNotFoundException",
  "EntityNotFoundException",
  "ClusterNotFound",
  "ClusterNotFoundFault",
  "NoSuchBucket",
  "NotFound",
] as const;

function asked(
  service: string,
  operation: string,
  parameter: string,
  path: readonly string[],
): TargetKind["state"] {
  return async (caller, name) => {
    try {
      return textAt(await caller.call(service, operation, { [parameter]: name }), path);
    } catch (error) {
      if (isAwsError(error, ...missing)) return undefined;
      throw error;
    }
  };
}

async function bucketState(caller: AwsCaller, name: string): Promise<string | undefined> {
  try {
    await caller.call("s3", "HeadBucket", { Bucket: name });
    return "EXISTS";
  } catch (error) {
    if (isAwsError(error, ...missing) || isAwsError(error, "HTTP 404")) return undefined;
    throw error;
  }
}

function textAt(answer: unknown, path: readonly string[]): string | undefined {
  let value = answer;
  for (const name of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[name];
  }
  return typeof value === "string" ? value : undefined;
}

/** @throws CommandError that says what can be waited for */
export function parseTarget(text: string): WaitTarget {
  const match = /^([a-z-]+)\/([^=]+?)(?:=(\w+))?$/.exec(text);
  const kind = targetKinds.find(({ name }) => name === match?.[1]);
  const name = match?.[2];
  if (kind === undefined || name === undefined)
    throw usageError(
      `--for ${JSON.stringify(text)} cannot be waited for. Give KIND/NAME or KIND/NAME=STATE, where KIND is one of ${targetKinds.map((each) => each.name).join(", ")}.`,
    );
  return { text, name, kind, state: match?.[3] ?? kind.usualState };
}
