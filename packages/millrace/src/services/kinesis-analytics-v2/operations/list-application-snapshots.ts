import type {
  ListApplicationSnapshotsRequest,
  ListApplicationSnapshotsResponse,
} from "@aws-sdk/client-kinesis-analytics-v2";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";

import { snapshotDetails } from "../applications/description.ts";
import { applicationNamed, notForSql } from "../applications/lookup.ts";
import { pageOf } from "../page.ts";
import type { KinesisAnalyticsV2State } from "../state.ts";

/** The newest first. */
export function listApplicationSnapshots(
  state: KinesisAnalyticsV2State,
  input: Input<ListApplicationSnapshotsRequest>,
  call: Call,
): ListApplicationSnapshotsResponse {
  const application = applicationNamed(state, call, input.ApplicationName);
  notForSql(application, call.operation);
  const { id } = application.document;
  const page = pageOf(state, call, input, { application: id }, (after, count) =>
    [...application.snapshots.values()]
      .filter(({ isHidden }) => isHidden !== true)
      .map((item) => ({ item, place: `${String(item.createdMs).padStart(15, "0")} ${item.name}` }))
      .filter(({ place }) => after === undefined || place < String(after))
      .sort((a, b) => (a.place > b.place ? -1 : 1))
      .slice(0, count),
  );
  return { SnapshotSummaries: page.items.map(snapshotDetails), NextToken: page.nextToken };
}
