import type { RoleAccess } from "../../core/role-access.ts";
import { toOffset } from "../../kernels/log/index.ts";
import type {
  OutgoingRecord,
  ProducerMark,
  StreamWriter,
} from "../../kernels/streaming/connectors/streams-port.ts";
import { encodeRecordBatch, encryptedFlag, RecordBatchReader, recordBatchKind } from "./record-batch.ts";
import { type Placement, placeRecords, type ShardGroup } from "./record-placement.ts";
import type { Shard } from "./shard.ts";
import type { KinesisState } from "./state.ts";
import type { Stream } from "./stream.ts";
import { accessError, accessRefusal } from "./stream-blocks.ts";
import { checkStreamKey } from "./stream-encryption.ts";
import { StreamUse, type StreamUser } from "./stream-use.ts";

/** Read at once in the search for a producer's records. */
const searchBytes = 4 * 1024 * 1024;

/** A stream as streaming queries write it: each batch says who wrote it, so that nothing is written twice. */
export class ProducedRecords implements StreamWriter {
  readonly #state: KinesisState;
  readonly #use: StreamUse;
  readonly #user: StreamUser;

  constructor(state: KinesisState, streamArn: string, user: StreamUser, roles: RoleAccess) {
    this.#state = state;
    this.#user = user;
    this.#use = new StreamUse(state, streamArn, { user, roles, refuse: accessRefusal });
  }

  get maxRecordBytes(): number {
    return this.#use.stream().document.maxRecordKiB * 1024;
  }

  ends(): Readonly<Record<string, number>> {
    const { shards } = this.#use.stream();
    return Object.fromEntries([...shards.values()].map(({ id, log }) => [id, log.nextOffset]));
  }

  async write(records: readonly OutgoingRecord[], mark: ProducerMark): Promise<readonly number[]> {
    const stream = this.#use.stream();
    this.#use.require("kinesis:PutRecords");
    this.#use.requireKey("kms:GenerateDataKey");
    try {
      checkStreamKey(this.#state, stream);
    } catch (error) {
      throw accessError(error);
    }
    const refused: number[] = [];
    const receivedAt = this.#state.clock.now();
    const placement = placeRecords(stream, records, (position, shard) => {
      refused.push(position);
      this.#state.meter.throttledWrite(stream, shard);
    });
    await Promise.all(placement.groups.map((group) => this.#append(stream, placement, group, mark)));
    const bytes = placement.groups.reduce((sum, group) => sum + group.bytes, 0);
    const succeeded = records.length - refused.length;
    const tally = { total: records.length, succeeded, bytes, throttled: refused.length };
    this.#state.meter.wrote(stream, "PutRecords", receivedAt, tally, this.#user);
    return refused;
  }

  async #append(stream: Stream, placement: Placement, group: ShardGroup, mark: ProducerMark): Promise<void> {
    const { shard, positions, bytes } = group;
    const keyId = stream.encryptionKey;
    const indexes = positions.map((position) => mark.indexes[position] ?? 0);
    const producer = { id: mark.producer, round: mark.round, indexes };
    await shard.log.append({
      count: positions.length,
      kind: recordBatchKind,
      payload: encodeRecordBatch(placement.outgoing, positions, bytes, producer),
      ...(keyId === undefined ? {} : { flags: encryptedFlag, encryption: { keyId } }),
    });
    this.#state.meter.wroteShard(stream, shard, positions.length, bytes);
  }

  async produced(
    producer: Uint8Array,
    ends: Readonly<Record<string, number>>,
    found: (round: number, index: number) => void,
  ): Promise<void> {
    for (const shard of this.#use.stream().shards.values())
      await this.#search(shard, ends[shard.id] ?? 0, producer, found);
  }

  async #search(
    { log }: Shard,
    from: number,
    producer: Uint8Array,
    found: (round: number, index: number) => void,
  ): Promise<void> {
    let next = Math.max(from, log.firstOffset);
    while (next < log.durableOffset) {
      const batches = await log.read(toOffset(next), { maxBytes: searchBytes });
      for (const batch of batches) {
        const mark = new RecordBatchReader(batch.payload, batch.count).producer();
        if (mark !== undefined && Buffer.compare(mark.id, producer) === 0)
          for (const index of mark.indexes) found(mark.round, index);
        next = batch.firstOffset + batch.count;
      }
      if (batches.length === 0) return;
    }
  }
}
