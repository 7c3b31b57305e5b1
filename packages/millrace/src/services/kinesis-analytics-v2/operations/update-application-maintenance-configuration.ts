import type {
  UpdateApplicationMaintenanceConfigurationRequest,
  UpdateApplicationMaintenanceConfigurationResponse,
} from "@aws-sdk/client-kinesis-analytics-v2";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";

import { maintenanceOf } from "../applications/description.ts";
import { applicationNamed, checkStatus, notForSql } from "../applications/lookup.ts";
import type { KinesisAnalyticsV2State } from "../state.ts";

export async function updateApplicationMaintenanceConfiguration(
  state: KinesisAnalyticsV2State,
  input: Input<UpdateApplicationMaintenanceConfigurationRequest>,
  call: Call,
): Promise<UpdateApplicationMaintenanceConfigurationResponse> {
  const application = applicationNamed(state, call, input.ApplicationName);
  notForSql(application, call.operation);
  const { ApplicationMaintenanceWindowStartTimeUpdate: start } =
    input.ApplicationMaintenanceConfigurationUpdate;
  await state.applications.change(application, (document) => {
    checkStatus(document, ["READY", "RUNNING"]);
    return { ...document, maintenanceStart: start, updatedMs: state.clock.now() };
  });
  return {
    ApplicationARN: application.arn,
    ApplicationMaintenanceConfigurationDescription: maintenanceOf(start),
  };
}
