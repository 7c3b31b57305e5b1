import type {
  DescribeApplicationRequest,
  DescribeApplicationResponse,
} from "@aws-sdk/client-kinesis-analytics-v2";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";

import { detailOf } from "../applications/description.ts";
import { applicationNamed } from "../applications/lookup.ts";
import { jobPlanOf } from "../running/job-plan.ts";
import type { KinesisAnalyticsV2State } from "../state.ts";

export function describeApplication(
  state: KinesisAnalyticsV2State,
  input: Input<DescribeApplicationRequest>,
  call: Call,
): DescribeApplicationResponse {
  const application = applicationNamed(state, call, input.ApplicationName);
  const job = input.IncludeAdditionalDetails === true ? state.jobs.job(application) : undefined;
  const plan = job && jobPlanOf(job);
  return { ApplicationDetail: detailOf(application, application.document.current, plan) };
}
