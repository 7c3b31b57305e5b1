import type { ScanInput, ScanOutput } from "@aws-sdk/client-dynamodb";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { validation } from "../errors.ts";
import { readPage } from "../items/page.ts";
import { pageAnswer } from "../items/page-answer.ts";
import { readRequest } from "../items/read-request.ts";
import type { Position, ScanRange } from "../items/row-reader.ts";
import { startPosition } from "../items/start-key.ts";
import type { DynamodbState } from "../state.ts";
import { afterAllKeys, bucketBytes, noBytes } from "../values/key-bytes.ts";

export async function scan(state: DynamodbState, input: Input<ScanInput>, call: Call): Promise<ScanOutput> {
  const segment = segmentOf(input);
  const request = readRequest(state, input, call);
  const { table, index, filter } = request;
  const after = startPosition(input.ExclusiveStartKey, table.document, index?.document);
  if (after !== undefined) checkStart(after, segment, input);
  const range: ScanRange = after === undefined ? segment : { ...segment, after };
  const page = await state.database.read([table.items], () =>
    readPage(table.items.scan(range, index?.entries), {
      ...request,
      document: table.document,
      index: index?.document,
      limit: input.Limit,
      filter,
    }),
  );
  return pageAnswer(request, page, input);
}

interface Segment {
  readonly from: Buffer;
  readonly until: Buffer;
}

const buckets = 2 ** (8 * bucketBytes);

/** The part of the table that a segment is: an equal share of the buckets of hash keys. */
function segmentOf({ Segment: segment, TotalSegments: total }: Input<ScanInput>): Segment {
  if (segment === undefined && total === undefined) return { from: noBytes, until: afterAllKeys };
  if (total === undefined)
    throw validation(
      "The TotalSegments parameter is required but was not present in the request when Segment parameter is present",
    );
  if (segment === undefined)
    throw validation(
      "The Segment parameter is required but was not present in the request when parameter TotalSegments is present",
    );
  if (segment >= total)
    throw validation(
      "The Segment parameter is zero-based and must be less than parameter TotalSegments: " +
        `Segment: ${segment} is not less than TotalSegments: ${total}`,
    );
  return {
    from: bucketStart(Math.floor((segment * buckets) / total)),
    until: segment + 1 === total ? afterAllKeys : bucketStart(Math.floor(((segment + 1) * buckets) / total)),
  };
}

function bucketStart(bucket: number): Buffer {
  const bytes = Buffer.alloc(bucketBytes);
  bytes.writeUInt32BE(bucket);
  return bytes;
}

function checkStart({ key, entry }: Position, { from, until }: Segment, input: Input<ScanInput>): void {
  const { hash } = entry ?? key;
  if (Buffer.compare(hash, from) < 0 || Buffer.compare(hash, until) >= 0)
    throw validation(
      "The provided starting key is invalid: Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct " +
        `Segment. TotalSegments: ${input.TotalSegments} Segment: ${input.Segment}`,
    );
}
