import type { ListApplicationsRequest, ListApplicationsResponse } from "@aws-sdk/client-kinesis-analytics-v2";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";

import { invalidRequest } from "../errors.ts";
import { pageOf } from "../page.ts";
import type { KinesisAnalyticsV2State } from "../state.ts";

export function listApplications(
  state: KinesisAnalyticsV2State,
  input: Input<ListApplicationsRequest>,
  call: Call,
): ListApplicationsResponse {
  const page = pageOf(
    state,
    call,
    input,
    {},
    (after, count) =>
      state.applications
        .list(call)
        .filter(({ document }) => after === undefined || document.name > String(after))
        .slice(0, count)
        .map((application) => ({ item: application, place: application.document.name })),
    invalidRequest,
  );
  return {
    ApplicationSummaries: page.items.map(({ arn, document }) => ({
      ApplicationName: document.name,
      ApplicationARN: arn,
      ApplicationStatus: document.status,
      ApplicationVersionId: document.current.version,
      RuntimeEnvironment: document.current.runtime,
      ApplicationMode: document.mode,
    })),
    NextToken: page.nextToken,
  };
}
