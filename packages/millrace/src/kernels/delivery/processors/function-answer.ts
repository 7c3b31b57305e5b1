import type { FunctionError } from "../../../core/functions-port.ts";
import type { DeliveryRecord } from "../record.ts";
import { recordIdOf } from "./function-request.ts";

export interface Problem {
  readonly kind: "failed";
  readonly code: string;
  readonly message: string;
}

/** What a function decided about a record. */
export type FunctionVerdict =
  | {
      readonly kind: "ok";
      readonly data: Buffer;
      readonly partitionKeys?: Readonly<Record<string, string>>;
    }
  | { readonly kind: "dropped" }
  | Problem;

interface Returned {
  readonly recordId: string;
  readonly result: "Ok" | "Dropped" | "ProcessingFailed";
  readonly data: string | undefined;
  readonly metadata: unknown;
}

/**
 * Codes and texts are AWS's: docs.aws.amazon.com/firehose/latest/dev/monitoring-with-cloudwatch-logs.html, and
 * error output of the service that floci-io/floci recorded (a record whose id is not returned, no data with Ok).
 */
const invalidStructure = failed(
  "Lambda.FunctionError",
  "Check your function and make sure the output is in required format. In addition to that, make sure the processed records contain valid result status of Dropped, Ok, or ProcessingFailed",
);
const notJson = failed(
  "Lambda.JsonProcessingException",
  "There was an error parsing returned records from the Lambda function. Ensure that the returned records follow the status model required by Amazon Data Firehose.",
);
const duplicated = failed(
  "Lambda.DuplicatedRecordId",
  "Multiple records were returned with the same record ID. Ensure that the Lambda function returns unique record IDs for each record.",
);
const missing = failed(
  "Lambda.MissingRecordId",
  "One or more record Ids were not returned. Ensure that the Lambda function returns all received record Ids.",
);
const refused = failed("Lambda.ProcessingFailedStatus", "ProcessingFailed status set for record");
const noData = failed(
  "Lambda.InvalidReturnFormat",
  "The data field cannot be null when the SourceType is DirectPut or KinesisStreamAsSource and processing result is Ok. The value field cannot be null when the SourceType is MSKAsSource and processing result is Ok.",
);

/** A function that gave no answer. */
export function problemOf(error: FunctionError): Problem {
  switch (error.failure) {
    case "notFound":
      return failed(
        "Lambda.ResourceNotFound",
        "The specified Lambda function does not exist. Use a different function that does exist.",
      );
    case "timedOut":
      return failed(
        "Lambda.FunctionTimedOut",
        "The Lambda function invocation timed out. Increase the Timeout setting in the Lambda function.",
      );
    case "throttled":
      return failed(
        "Lambda.InvokeLimitExceeded",
        "The Lambda concurrent execution limit is exceeded. Increase the concurrent execution limit.",
      );
    case "unreachable":
      return failed("Lambda.InternalServerError", error.message);
    case "failed":
      return failed(
        "Lambda.FunctionError",
        "The Lambda function was successfully invoked but it returned an error result.",
      );
  }
}

/** One verdict a record, or one for all. */
export function readAnswer(
  answer: Buffer,
  records: readonly DeliveryRecord[],
): readonly FunctionVerdict[] | Problem {
  let content: unknown;
  try {
    content = JSON.parse(answer.toString("utf8"));
  } catch {
    return notJson;
  }
  const returned = new Map<string, Returned>();
  const repeated = new Set<string>();
  for (const entry of recordsOf(content)) {
    const record = returnedRecord(entry);
    if (record === undefined) return invalidStructure;
    if (returned.has(record.recordId)) repeated.add(record.recordId);
    returned.set(record.recordId, record);
  }
  return records.map((record, index) => {
    const id = recordIdOf(record, index);
    if (repeated.has(id)) return duplicated;
    const found = returned.get(id);
    return found === undefined ? missing : verdictOf(found);
  });
}

function recordsOf(content: unknown): readonly unknown[] {
  const { records } = (content ?? {}) as { readonly records?: unknown };
  return Array.isArray(records) ? records : [];
}

function returnedRecord(entry: unknown): Returned | undefined {
  if (typeof entry !== "object" || entry === null) return undefined;
  const { recordId, result, data, metadata } = entry as Readonly<Record<string, unknown>>;
  if (typeof recordId !== "string") return undefined;
  if (result !== "Ok" && result !== "Dropped" && result !== "ProcessingFailed") return undefined;
  if (data !== undefined && data !== null && (typeof data !== "string" || !isBase64(data))) return undefined;
  return { recordId, result, data: data ?? undefined, metadata };
}

function verdictOf(returned: Returned): FunctionVerdict {
  if (returned.result === "Dropped") return { kind: "dropped" };
  if (returned.result === "ProcessingFailed") return refused;
  if (returned.data === undefined) return noData;
  const data = Buffer.from(returned.data, "base64");
  const partitionKeys = keysOf(returned.metadata);
  return partitionKeys === undefined ? { kind: "ok", data } : { kind: "ok", data, partitionKeys };
}

/** `{"partitionKeys": {name: value}}`. What is not a text, number or boolean is no key, so its record fails later. */
function keysOf(metadata: unknown): Record<string, string> | undefined {
  const { partitionKeys } = (metadata ?? {}) as { readonly partitionKeys?: unknown };
  if (typeof partitionKeys !== "object" || partitionKeys === null) return undefined;
  const keys: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(partitionKeys)) {
    if (["string", "number", "boolean"].includes(typeof value)) keys[name] = String(value);
  }
  return keys;
}

/** Padding may be left away, white space may not stand between. */
function isBase64(text: string): boolean {
  return /^[A-Za-z0-9+/]*={0,2}$/.test(text) && text.replace(/=+$/, "").length % 4 !== 1;
}

function failed(code: string, message: string): Problem {
  return Object.freeze({ kind: "failed", code, message });
}
