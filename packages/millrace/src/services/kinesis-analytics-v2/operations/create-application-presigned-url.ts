import type {
  CreateApplicationPresignedUrlRequest,
  CreateApplicationPresignedUrlResponse,
} from "@aws-sdk/client-kinesis-analytics-v2";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";

import { isSql, isStudio } from "../applications/document.ts";
import { applicationNamed, checkStatus } from "../applications/lookup.ts";
import { invalidArgument } from "../errors.ts";
import { limits } from "../limits.ts";
import { presignedUrl } from "../pages/page-token.ts";
import type { KinesisAnalyticsV2State } from "../state.ts";

export function createApplicationPresignedUrl(
  state: KinesisAnalyticsV2State,
  input: Input<CreateApplicationPresignedUrlRequest>,
  call: Call,
): CreateApplicationPresignedUrlResponse {
  const { UrlType: type, SessionExpirationDurationInSeconds: seconds = limits.sessionSeconds } = input;
  const application = applicationNamed(state, call, input.ApplicationName);
  const { runtime } = application.document.current;
  if (isSql(runtime)) throw invalidArgument("Applications with the runtime SQL-1_0 have no dashboard.");
  if (type === "ZEPPELIN_UI_URL" && !isStudio(runtime))
    throw invalidArgument(`ZEPPELIN_UI_URL is not valid for an application with the runtime ${runtime}.`);
  checkStatus(application.document, ["RUNNING", "UPDATING", "AUTOSCALING"]);
  const page = type === "ZEPPELIN_UI_URL" ? "studio" : "dashboard";
  return { AuthorizedUrl: presignedUrl(state, application, page, seconds) };
}
