import type { PutRecordInput, PutRecordOutput } from "@aws-sdk/client-firehose";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { recordId, recordIdPrefix } from "../record-id.ts";
import { takeRecords } from "../record-intake.ts";
import type { FirehoseState } from "../state.ts";
import { findDirectPut } from "../stream-lookup.ts";

export async function putRecord(
  state: FirehoseState,
  input: Input<PutRecordInput>,
  call: Call,
): Promise<PutRecordOutput> {
  const stream = findDirectPut(state, input, call);
  const { Data } = input.Record;
  const { firstOffset } = await takeRecords(state, stream, [Data], Data.length, call);
  return {
    RecordId: recordId(recordIdPrefix(stream.document.id), firstOffset),
    Encrypted: stream.document.encryption.inForce !== undefined,
  };
}
