import type { PutRecordsInput, PutRecordsOutput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { dryRun } from "../errors.ts";
import { checkRecords, listMember, writeRecords } from "../record-writer.ts";
import type { KinesisState } from "../state.ts";
import { checkStreamKey } from "../stream-encryption.ts";
import { findDataStream } from "../stream-lookup.ts";

export async function putRecords(
  state: KinesisState,
  input: Input<PutRecordsInput>,
  call: Call,
): Promise<PutRecordsOutput> {
  const stream = findDataStream(state, input, call);
  checkRecords(stream.document, input.Records, listMember);
  checkStreamKey(state, stream);
  if (input.DryRun) throw dryRun(call.operation);
  const results = await writeRecords(stream, input.Records, state.meter, call);
  let failed = 0;
  for (const result of results) if (result.ErrorCode !== undefined) failed++;
  return {
    FailedRecordCount: failed,
    Records: results,
    ...(stream.document.keyId === undefined ? {} : { EncryptionType: "KMS" }),
  };
}
