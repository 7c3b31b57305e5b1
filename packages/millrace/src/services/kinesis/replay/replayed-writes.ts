import { encodeRecordBatch, encryptedFlag, recordBatchKind } from "../record-batch.ts";
import { type Placement, placeRecords, type ShardGroup } from "../record-placement.ts";
import { checkRecords, listMember } from "../record-writer.ts";
import type { KinesisState } from "../state.ts";
import type { Stream } from "../stream.ts";
import { checkStreamKey } from "../stream-encryption.ts";
import type { CallParty } from "../traffic/stream-traffic.ts";
import type { ReplayedRecords } from "./replayed-records.ts";

/**
 * Writes all records, or rejects: then a part of them may be there. Limits of the target do not apply, because a
 * record that were refused and written again would come after those behind it.
 */
export async function writeReplayed(
  state: KinesisState,
  stream: Stream,
  { records, bytes }: ReplayedRecords,
  party: CallParty,
): Promise<void> {
  checkRecords(stream.document, records, listMember);
  checkStreamKey(state, stream);
  const receivedAt = state.clock.now();
  const placement = placeRecords(stream, records, () => {}, { kind: "off" });
  await Promise.all(placement.groups.map((group) => append(state, stream, placement, group)));
  const tally = { total: records.length, succeeded: records.length, bytes, throttled: 0 };
  state.meter.wrote(stream, "PutRecords", receivedAt, tally, party);
}

async function append(
  { meter }: KinesisState,
  stream: Stream,
  { outgoing }: Placement,
  { shard, positions, bytes }: ShardGroup,
): Promise<void> {
  const keyId = stream.encryptionKey;
  await shard.log.append({
    count: positions.length,
    kind: recordBatchKind,
    payload: encodeRecordBatch(outgoing, positions, bytes),
    ...(keyId === undefined ? {} : { flags: encryptedFlag, encryption: { keyId } }),
  });
  meter.wroteShard(stream, shard, positions.length, bytes);
}
