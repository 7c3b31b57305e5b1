import type {
  AddApplicationReferenceDataSourceRequest,
  AddApplicationReferenceDataSourceResponse,
} from "@aws-sdk/client-kinesis-analytics-v2";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";

import { changeVersion } from "../applications/change.ts";
import { sqlSettings, withSqlSettings } from "../applications/sql-settings.ts";
import { checkCount } from "../configuration/new-configuration.ts";
import { newReference } from "../configuration/sql-outputs.ts";
import { limits } from "../limits.ts";
import type { KinesisAnalyticsV2State } from "../state.ts";

export async function addApplicationReferenceDataSource(
  state: KinesisAnalyticsV2State,
  input: Input<AddApplicationReferenceDataSourceRequest>,
  call: Call,
): Promise<AddApplicationReferenceDataSourceResponse> {
  const { application } = await changeVersion(state, call, input, ({ document: { current } }) => {
    const { ReferenceDataSourceDescriptions: references = [] } = sqlSettings(current);
    checkCount("reference data source", references.length + 1, limits.referenceDataSources);
    const added = newReference(input.ReferenceDataSource, `${current.version + 1}.1`);
    return withSqlSettings(current, { ReferenceDataSourceDescriptions: [...references, added] });
  });
  const { current } = application.document;
  return {
    ApplicationARN: application.arn,
    ApplicationVersionId: current.version,
    ReferenceDataSourceDescriptions: sqlSettings(current).ReferenceDataSourceDescriptions,
  };
}
