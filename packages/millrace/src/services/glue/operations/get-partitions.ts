import type { GetPartitionsRequest, GetPartitionsResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { PartitionPosition, PartitionSegment } from "../../../kernels/catalog/index.ts";
import { asked, invalidInput, notImplemented } from "../errors.ts";
import { limits } from "../limits.ts";
import { tableOf } from "../lookup.ts";
import { PagePositions } from "../page-position.ts";
import { partitionOutput } from "../partition-output.ts";
import type { GlueState } from "../state.ts";

/** The partitions that an expression describes; a page is full unless it is the last or long. */
export async function getPartitions(
  state: GlueState,
  input: Input<GetPartitionsRequest>,
  call: Call,
): Promise<GetPartitionsResponse> {
  if (input.QueryAsOfTime !== undefined) throw notImplemented("GetPartitions with QueryAsOfTime");
  if (input.TransactionId !== undefined) throw notImplemented("transactions of governed tables");
  const found = tableOf(state, input, input.TableName, call);
  const { Expression: expression = "" } = input;
  const segment = segmentOf(input.Segment);
  const filters = { table: found.table.id, expression, segment: segment?.number, segments: segment?.total };
  const positions = new PagePositions<[number, number, string]>(state, call, filters);
  const page = await asked(
    state.catalog.partitions.page(found.table, {
      expression,
      segment,
      after: positionOf(positions.open(input.NextToken)),
      limit: input.MaxResults ?? limits.partitionsPerPage,
      signal: call.signal,
    }),
  );
  const withColumns = input.ExcludeColumnSchema !== true;
  return {
    Partitions: page.items.map((partition) => partitionOutput(found, partition, withColumns)),
    NextToken: positions.seal(page.next && [page.next.index, page.next.range, page.next.name]),
  };
}

function segmentOf(segment: Input<GetPartitionsRequest>["Segment"]): PartitionSegment | undefined {
  if (segment === undefined) return undefined;
  const { SegmentNumber: number, TotalSegments: total } = segment;
  if (number >= total) throw invalidInput("The SegmentNumber must be less than the TotalSegments.");
  return { number, total };
}

function positionOf(position: [number, number, string] | undefined): PartitionPosition | undefined {
  if (position === undefined) return undefined;
  const [index, range, name] = position;
  return { index, range, name };
}
