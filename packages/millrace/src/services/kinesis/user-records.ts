import { looksAggregated, type UserRecord, userRecords } from "../../formats/kpl/aggregated-record.ts";
import type { SourceBlock } from "../../kernels/streaming/connector-port.ts";
import { type HashRange, hashKeyOf, parseHashKey } from "./hash-key.ts";

/**
 * A block with the records that the Kinesis Producer Library has aggregated taken apart, as AWS's readers do:
 * records whose keys belong to other shards, which their producer has sent there again, are left out. The bytes
 * stay where they are.
 */
export function withUserRecords<B extends SourceBlock>(block: B, range: HashRange): B {
  const { bytes, starts, ends } = block;
  let first = 0;
  while (first < starts.length && !looksAggregated(bytes, starts[first] ?? 0, ends[first] ?? 0)) first++;
  if (first === starts.length) return block;
  const found = new Expanded(block);
  for (let record = 0; record < starts.length; record++) {
    const [start, end] = [starts[record] ?? 0, ends[record] ?? 0];
    const inner = record < first ? undefined : userRecords(bytes.subarray(start, end));
    if (inner === undefined) found.add(record, start, end, undefined);
    else
      for (const user of inner)
        if (isIn(range, user)) found.add(record, start + user.start, start + user.end, user.partitionKey);
  }
  return { ...block, ...found.parts() };
}

function isIn({ start, end }: HashRange, { partitionKey, explicitHashKey }: UserRecord): boolean {
  const given = explicitHashKey === undefined ? undefined : parseHashKey(explicitHashKey);
  const key = given ?? hashKeyOf(partitionKey);
  return key >= start && key <= end;
}

/** What a block becomes. */
class Expanded {
  readonly #block: SourceBlock;
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  readonly #metadata: readonly (readonly [key: string, values: (number | string)[]])[];

  constructor(block: SourceBlock) {
    this.#block = block;
    this.#metadata = Object.keys(block.metadata).map((key) => [key, []]);
  }

  add(record: number, start: number, end: number, partitionKey: string | undefined): void {
    this.#starts.push(start);
    this.#ends.push(end);
    for (const [key, values] of this.#metadata) {
      const isKey = key === "partition-key" && partitionKey !== undefined;
      values.push(isKey ? partitionKey : (this.#block.metadata[key]?.[record] ?? ""));
    }
  }

  parts(): Pick<SourceBlock, "starts" | "ends" | "metadata"> {
    const metadata = Object.fromEntries(
      this.#metadata.map(([key, values]): [string, Float64Array | readonly string[]] => [
        key,
        this.#block.metadata[key] instanceof Float64Array
          ? Float64Array.from(values, Number)
          : values.map(String),
      ]),
    );
    return { starts: Uint32Array.from(this.#starts), ends: Uint32Array.from(this.#ends), metadata };
  }
}
