import type { ConsumerPlan, Partitioning } from "./plan.ts";
import type { Processor } from "./processor.ts";
import type { DeliveryRecord, FailedRecord } from "./record.ts";
import type { Partition } from "./sink.ts";
import { errorOutput, failure, type KeepingSink, ListEncoder, textOf } from "./test-delivery.ts";

/*
 * Records of the random trials: `<flavor>/<partition>/<number>/<filler>`.
 *   flavor => ok | split: two records come of it, the second for the next partition | drop | unprocessable
 *           | unencodable | homeless: it has no partition
 */
export const flavors = [
  "ok",
  "ok",
  "ok",
  "ok",
  "split",
  "drop",
  "unprocessable",
  "unencodable",
  "homeless",
] as const;
const partitions = 8;

export interface RandomPlanOptions {
  readonly sink: KeepingSink;
  readonly errors: KeepingSink;
  readonly isPartitioned: boolean;
  /** The chain gives another answer each time, and so needs a stage. */
  readonly isStaged: boolean;
  readonly maxBytes: number;
  readonly maxAgeMs: number;
}

/** A consumer that meets everything that can become of a record. */
export function randomPlan(options: RandomPlanOptions): ConsumerPlan {
  const { sink, errors, isPartitioned, isStaged, maxBytes, maxAgeMs } = options;
  const hints = { maxBytes, maxAgeMs };
  const plan: ConsumerPlan = {
    name: "destination",
    processors: [isStaged ? new UnsteadyProcessor() : splitter],
    hints,
    sink,
    encoder: () => new ListEncoder(true),
    errors: errorOutput(errors, { hints }),
  };
  return isPartitioned ? { ...plan, partitioning } : plan;
}

/** What must have arrived of a record in the end, in the destination and the error output together. */
export function expectedOf(text: string): readonly string[] {
  const [flavor, partition = "0", number] = text.split("/");
  if (flavor === "drop") return [];
  if (flavor === "split") return [`ok/${partition}/${number}.1`, `ok/${nextOf(partition)}/${number}.2`];
  return [`${flavor}/${partition}/${number}`];
}

/** What an arrived text stands for, without filler, wrapping of the error output, and marks of a stage. */
export function idOf(arrived: string): string {
  const inner = /<(.*)>/.exec(arrived)?.[1] ?? arrived;
  return inner.split("/").slice(0, 3).join("/");
}

function nextOf(partition: string): string {
  return String((Number(partition) + 1) % partitions);
}

function processedOf(record: DeliveryRecord, mark: string): readonly DeliveryRecord[] | FailedRecord {
  const [flavor, partition = "0", number, filler] = textOf(record).split("/");
  const made = (text: string): DeliveryRecord => ({
    ...record,
    data: Buffer.from(`${text}/${filler}${mark}`),
  });
  if (flavor === "unprocessable") return failure(record, "processing-failed");
  if (flavor === "drop") return [];
  if (flavor !== "split") return [made(`${flavor}/${partition}/${number}`)];
  return [made(`ok/${partition}/${number}.1`), made(`ok/${nextOf(partition)}/${number}.2`)];
}

async function processAll(
  records: readonly DeliveryRecord[],
  mark: string,
): ReturnType<Processor["process"]> {
  const processed: DeliveryRecord[] = [];
  const failed: FailedRecord[] = [];
  for (const record of records) {
    const answer = processedOf(record, mark);
    if ("outputType" in answer) failed.push(answer);
    else processed.push(...answer);
  }
  return { records: processed, failed };
}

const splitter: Processor = Object.freeze({
  isDeterministic: true,
  process: (records: readonly DeliveryRecord[]) => processAll(records, ""),
});

/** Marks what it makes with a number that is never the same, and fails records as it likes. */
class UnsteadyProcessor implements Processor {
  readonly isDeterministic: boolean = false;
  readonly hints: { readonly maxBytes: number; readonly maxAgeMs: number } = {
    maxBytes: 400,
    maxAgeMs: 3000,
  };
  #calls = 0;

  process(records: readonly DeliveryRecord[]): ReturnType<Processor["process"]> {
    this.#calls += 1;
    return processAll(records, `~${this.#calls}`);
  }
}

const partitioning: Partitioning = Object.freeze({
  maxActivePartitions: 3,
  partitionOf(record: DeliveryRecord): Partition | FailedRecord {
    const [flavor, id = ""] = textOf(record).split("/");
    return flavor === "homeless" ? failure(record, "partitioning-failed") : { id };
  },
  overflow: (record: DeliveryRecord): FailedRecord => failure(record, "active-partitions-exceeded"),
});
