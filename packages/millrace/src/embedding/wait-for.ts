import { setTimeout as sleep } from "node:timers/promises";
import { type AwsCaller, isAwsError } from "../cli/aws-call/aws-caller.ts";
import { WaitError, type WaitOptions, type WaitTarget } from "./wait-target.ts";

const defaultTimeoutMs = 30_000;
const pauseMs = 25;
/** S3 lists no more at a time. */
const maxObjects = 1_000;

/** How things stand: `it is CREATING`. */
interface Standing {
  readonly isThere: boolean;
  readonly says: string;
  /** It will never be what is waited for. */
  readonly isLost?: boolean;
}

interface Question {
  /** `the stream clicks is ACTIVE` */
  readonly what: string;
  ask(caller: AwsCaller): Promise<Standing>;
}

/** Asks the AWS APIs until it is there. @throws WaitError */
export async function waitFor(
  caller: AwsCaller,
  target: WaitTarget,
  { timeoutMs = defaultTimeoutMs, signal }: WaitOptions,
): Promise<void> {
  const { what, ask } = questionOf(target);
  const endMs = performance.now() + timeoutMs;
  for (;;) {
    const { isThere, says, isLost = false } = await ask(caller);
    if (isThere) return;
    if (isLost) throw new WaitError(`It will not be that ${what}: ${says}.`);
    if (performance.now() >= endMs)
      throw new WaitError(`It took more than ${timeoutMs} ms until ${what}: ${says}.`);
    await sleep(pauseMs, undefined, signal === undefined ? {} : { signal });
  }
}

function questionOf(target: WaitTarget): Question {
  if ("stream" in target) return streamQuestion(target.stream, target.status ?? "ACTIVE");
  if ("deliveryStream" in target) return deliveryQuestion(target.deliveryStream, target.status ?? "ACTIVE");
  if ("bucket" in target) return bucketQuestion(target);
  if ("table" in target)
    return target.database === undefined
      ? dynamoQuestion(target.table)
      : catalogQuestion(target.database, target.table);
  if ("application" in target) return applicationQuestion(target.application, target.status ?? "RUNNING");
  if ("crawler" in target) return crawlerQuestion(target.crawler);
  if ("cluster" in target) return clusterQuestion(target.cluster, target.status ?? "available");
  throw new TypeError(
    `waitFor knows stream, deliveryStream, bucket, table, application, crawler and cluster, not ${Object.keys(target).join(", ")}.`,
  );
}

/** An answer's members as they come. */
type Answer = Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;

function streamQuestion(StreamName: string, status: string): Question {
  return {
    what: `the stream ${StreamName} is ${status}`,
    ask: (caller) =>
      standing(status, async () => {
        const answer = await caller.call<Answer>("kinesis", "DescribeStreamSummary", { StreamName });
        return answer["StreamDescriptionSummary"]?.["StreamStatus"];
      }),
  };
}

function deliveryQuestion(DeliveryStreamName: string, status: string): Question {
  return {
    what: `the delivery stream ${DeliveryStreamName} is ${status}`,
    ask: (caller) =>
      standing(status, async () => {
        const answer = await caller.call<Answer>("firehose", "DescribeDeliveryStream", {
          DeliveryStreamName,
        });
        return answer["DeliveryStreamDescription"]?.["DeliveryStreamStatus"];
      }),
  };
}

function bucketQuestion(target: Extract<WaitTarget, { bucket: string }>): Question {
  const { bucket: Bucket, key, prefix = "", objects } = target;
  if (key !== undefined)
    return {
      what: `there is an object ${key} in the bucket ${Bucket}`,
      ask: (caller) =>
        standing("there", async () => {
          await caller.call("s3", "HeadObject", { Bucket, Key: key });
          return "there";
        }),
    };
  if (objects === undefined && prefix === "")
    return {
      what: `there is a bucket ${Bucket}`,
      ask: (caller) =>
        standing("there", async () => {
          await caller.call("s3", "HeadBucket", { Bucket });
          return "there";
        }),
    };
  const wanted = objects ?? 1;
  if (wanted > maxObjects) throw new RangeError(`objects: waitFor counts to ${maxObjects}.`);
  return {
    what: `there are ${wanted} objects below "${prefix}" in the bucket ${Bucket}`,
    async ask(caller) {
      let count = 0;
      const { isThere, says } = await standing("listed", async () => {
        const { Contents } = await caller.call<{ readonly Contents?: readonly unknown[] }>(
          "s3",
          "ListObjectsV2",
          { Bucket, Prefix: prefix },
        );
        count = Contents?.length ?? 0;
        return "listed";
      });
      return isThere ? { isThere: count >= wanted, says: `there are ${count}` } : { isThere, says };
    },
  };
}

function dynamoQuestion(TableName: string): Question {
  return {
    what: `the table ${TableName} of DynamoDB is ACTIVE`,
    ask: (caller) =>
      standing("ACTIVE", async () => {
        const answer = await caller.call<Answer>("dynamodb", "DescribeTable", { TableName });
        return answer["Table"]?.["TableStatus"];
      }),
  };
}

function catalogQuestion(DatabaseName: string, Name: string): Question {
  return {
    what: `there is a table ${Name} in the database ${DatabaseName} of the catalog`,
    ask: (caller) =>
      standing("there", async () => {
        await caller.call("glue", "GetTable", { DatabaseName, Name });
        return "there";
      }),
  };
}

function applicationQuestion(ApplicationName: string, status: string): Question {
  return {
    what: `the application ${ApplicationName} is ${status}`,
    ask: (caller) =>
      standing(status, async () => {
        const answer = await caller.call<Answer>("kinesis-analytics-v2", "DescribeApplication", {
          ApplicationName,
        });
        return answer["ApplicationDetail"]?.["ApplicationStatus"];
      }),
  };
}

function crawlerQuestion(Name: string): Question {
  return {
    what: `the crawler ${Name} has crawled`,
    async ask(caller) {
      let last: unknown;
      const found = await standing("READY", async () => {
        const answer = await caller.call<Answer>("glue", "GetCrawler", { Name });
        const crawl = answer["Crawler"]?.["LastCrawl"] as
          | { Status?: string; ErrorMessage?: string }
          | undefined;
        last =
          crawl?.Status === "FAILED"
            ? `FAILED: ${crawl.ErrorMessage ?? "it does not say why"}`
            : crawl?.Status;
        return answer["Crawler"]?.["State"];
      });
      if (!found.isThere) return found;
      const isLost = typeof last === "string" && last !== "SUCCEEDED";
      return { isThere: last === "SUCCEEDED", says: `its last crawl is ${last ?? "to come"}`, isLost };
    },
  };
}

function clusterQuestion(ClusterIdentifier: string, status: string): Question {
  return {
    what: `the cluster ${ClusterIdentifier} is ${status}`,
    ask: (caller) =>
      standing(status, async () => {
        const answer = await caller.call<{ readonly Clusters?: readonly { ClusterStatus?: string }[] }>(
          "redshift",
          "DescribeClusters",
          { ClusterIdentifier },
        );
        return answer.Clusters?.[0]?.ClusterStatus;
      }),
  };
}

/** Asks for a state; that nothing of this name is there is one, too. */
async function standing(wanted: string, ask: () => Promise<unknown>): Promise<Standing> {
  try {
    const state = await ask();
    const isLost = typeof state === "string" && /FAILED$/i.test(state) && state !== wanted;
    return { isThere: state === wanted, says: `it is ${String(state)}`, isLost };
  } catch (error) {
    if (!isAwsError(error, ...absences)) throw error;
    return { isThere: false, says: "there is none" };
  }
}

/** What services say of a name that they do not know. */
const absences = [
  "ResourceNotFoundException",
  "EntityNotFoundException",
  "ClusterNotFound",
  "ClusterNotFoundFault",
  "NoSuchBucket",
  "NoSuchKey",
  "NotFound",
] as const;
