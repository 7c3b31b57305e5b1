import type {
  DeleteApplicationReferenceDataSourceRequest,
  DeleteApplicationReferenceDataSourceResponse,
} from "@aws-sdk/client-kinesis-analytics-v2";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";

import { changeVersion } from "../applications/change.ts";
import { sqlSettings, withSqlSettings } from "../applications/sql-settings.ts";
import { partNotFound } from "../errors.ts";
import type { KinesisAnalyticsV2State } from "../state.ts";

export async function deleteApplicationReferenceDataSource(
  state: KinesisAnalyticsV2State,
  input: Input<DeleteApplicationReferenceDataSourceRequest>,
  call: Call,
): Promise<DeleteApplicationReferenceDataSourceResponse> {
  const { application } = await changeVersion(state, call, input, ({ document: { current, name } }) => {
    const { ReferenceDataSourceDescriptions: references = [] } = sqlSettings(current);
    const left = references.filter(({ ReferenceId: id }) => id !== input.ReferenceId);
    if (left.length === references.length)
      throw partNotFound("Reference data source", input.ReferenceId, name);
    return withSqlSettings(current, { ReferenceDataSourceDescriptions: left });
  });
  return { ApplicationARN: application.arn, ApplicationVersionId: application.document.current.version };
}
