import type {
  ListApplicationVersionsRequest,
  ListApplicationVersionsResponse,
} from "@aws-sdk/client-kinesis-analytics-v2";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";

import { statusOfOld } from "../applications/description.ts";
import { applicationNamed, notForSql } from "../applications/lookup.ts";
import { pageOf } from "../page.ts";
import type { KinesisAnalyticsV2State } from "../state.ts";

export function listApplicationVersions(
  state: KinesisAnalyticsV2State,
  input: Input<ListApplicationVersionsRequest>,
  call: Call,
): ListApplicationVersionsResponse {
  const application = applicationNamed(state, call, input.ApplicationName);
  notForSql(application, call.operation);
  const { id, status, current } = application.document;
  const page = pageOf(state, call, input, { application: id }, (after, count) =>
    state.applications.versions
      .list(id, after === undefined ? undefined : Number(after), count)
      .map((version) => ({ item: version, place: version.version })),
  );
  return {
    ApplicationVersionSummaries: page.items.map((version) => ({
      ApplicationVersionId: version.version,
      ApplicationStatus: version.version === current.version ? status : statusOfOld(version),
    })),
    NextToken: page.nextToken,
  };
}
