import type { PutRecordInput, PutRecordOutput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { dryRun, invalidArgument, recordError } from "../errors.ts";
import { checkRecords, plainMember, writeRecords } from "../record-writer.ts";
import { parseSequenceNumber } from "../sequence-number.ts";
import type { KinesisState } from "../state.ts";
import type { Stream } from "../stream.ts";
import { checkStreamKey } from "../stream-encryption.ts";
import { findDataStream } from "../stream-lookup.ts";

export async function putRecord(
  state: KinesisState,
  input: Input<PutRecordInput>,
  call: Call,
): Promise<PutRecordOutput> {
  const stream = findDataStream(state, input, call);
  checkRecords(stream.document, [input], plainMember);
  checkOrdering(stream, input.SequenceNumberForOrdering);
  checkStreamKey(state, stream);
  if (input.DryRun) throw dryRun(call.operation);
  const [result] = await writeRecords(stream, [input], state.meter, call);
  const { ShardId, SequenceNumber, ErrorCode, ErrorMessage } = result ?? {};
  if (ShardId === undefined || SequenceNumber === undefined) throw recordError(ErrorCode, ErrorMessage);
  return {
    ShardId,
    SequenceNumber,
    ...(stream.document.keyId === undefined ? {} : { EncryptionType: "KMS" }),
  };
}

/**
 * A shard's records are in the order of their arrival anyway, so the number that a record must come after
 * needs no other care than to be one of this stream.
 */
function checkOrdering(stream: Stream, sequenceNumber: string | undefined): void {
  if (sequenceNumber === undefined || parseSequenceNumber(sequenceNumber) !== undefined) return;
  const { name, account } = stream.document;
  throw invalidArgument(
    `ExclusiveMinimumSequenceNumber ${sequenceNumber} used in PutRecord on stream ${name} under account ${account} is invalid.`,
  );
}
