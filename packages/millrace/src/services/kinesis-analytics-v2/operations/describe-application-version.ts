import type {
  DescribeApplicationVersionRequest,
  DescribeApplicationVersionResponse,
} from "@aws-sdk/client-kinesis-analytics-v2";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";

import { detailOf } from "../applications/description.ts";
import { applicationNamed, notForSql } from "../applications/lookup.ts";
import { versionNotFound } from "../errors.ts";
import type { KinesisAnalyticsV2State } from "../state.ts";

export function describeApplicationVersion(
  state: KinesisAnalyticsV2State,
  { ApplicationName: name, ApplicationVersionId: id }: Input<DescribeApplicationVersionRequest>,
  call: Call,
): DescribeApplicationVersionResponse {
  const application = applicationNamed(state, call, name);
  notForSql(application, call.operation);
  const { current, id: applicationId } = application.document;
  const version = id === current.version ? current : state.applications.versions.get(applicationId, id);
  if (version === undefined) throw versionNotFound(id, name);
  return { ApplicationVersionDetail: detailOf(application, version) };
}
