import type {
  PutRecordBatchInput,
  PutRecordBatchOutput,
  PutRecordBatchResponseEntry,
} from "@aws-sdk/client-firehose";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { advance } from "../../../kernels/log/index.ts";
import { invalidArgument } from "../errors.ts";
import { bytesPerMiB, limits } from "../limits.ts";
import { recordId, recordIdPrefix } from "../record-id.ts";
import { takeRecords } from "../record-intake.ts";
import type { FirehoseState } from "../state.ts";
import { findDirectPut } from "../stream-lookup.ts";

/** All records are taken or none: they are one append. */
export async function putRecordBatch(
  state: FirehoseState,
  input: Input<PutRecordBatchInput>,
  call: Call,
): Promise<PutRecordBatchOutput> {
  const stream = findDirectPut(state, input, call);
  const records = input.Records.map(({ Data }) => Data);
  let bytes = 0;
  for (const record of records) bytes += record.length;
  if (bytes > limits.batchBytes)
    throw invalidArgument(`Records size exceeds ${limits.batchBytes / bytesPerMiB} MB limit`);
  const { firstOffset } = await takeRecords(state, stream, records, bytes, call);
  const prefix = recordIdPrefix(stream.document.id);
  const entries: PutRecordBatchResponseEntry[] = new Array(records.length);
  for (let i = 0; i < entries.length; i++) entries[i] = new Entry(recordId(prefix, advance(firstOffset, i)));
  return {
    FailedPutCount: 0,
    Encrypted: stream.document.encryption.inForce !== undefined,
    RequestResponses: entries,
  };
}

/** One shape for all entries of all answers. */
class Entry implements PutRecordBatchResponseEntry {
  readonly RecordId: string;

  constructor(id: string) {
    this.RecordId = id;
  }
}
