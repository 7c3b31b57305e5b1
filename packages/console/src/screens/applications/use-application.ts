import type { ApplicationDetail } from "@aws-sdk/client-kinesis-analytics-v2";
import type { UseQueryResult } from "@tanstack/react-query";
import { useAws } from "../../api/queries.ts";

const calmMs = 5_000;
const busyMs = 700;
const changing = /ING$/;

/** One application, read often while it changes. */
export function useApplication(name: string): UseQueryResult<ApplicationDetail, Error> {
  const read = async (client: {
    describeApplication(input: {
      ApplicationName: string;
      IncludeAdditionalDetails: boolean;
    }): Promise<{ ApplicationDetail?: ApplicationDetail | undefined }>;
  }): Promise<ApplicationDetail> => {
    const { ApplicationDetail } = await client.describeApplication({
      ApplicationName: name,
      IncludeAdditionalDetails: true,
    });
    if (ApplicationDetail === undefined) throw new Error("The answer has no ApplicationDetail.");
    return ApplicationDetail;
  };
  const key = ["application", name];
  const found = useAws("kinesis-analytics-v2", key, read, { everyMs: calmMs });
  const isBusy = isChanging(found.data?.ApplicationStatus);
  // A second reader of the same answer, for as long as it is awaited.
  useAws("kinesis-analytics-v2", key, read, { everyMs: busyMs, enabled: isBusy });
  return found;
}

/** STARTING, STOPPING, UPDATING, ... are on their way to something. RUNNING is not. */
export function isChanging(status: string | undefined): boolean {
  return status !== undefined && status !== "RUNNING" && changing.test(status);
}

export function isRunning(status: string | undefined): boolean {
  return status === "RUNNING" || status === "UPDATING" || status === "AUTOSCALING";
}

export function isSqlRuntime(runtime: string | undefined): boolean {
  return runtime === "SQL-1_0";
}

export function isStudio(runtime: string | undefined): boolean {
  return runtime?.startsWith("ZEPPELIN") === true;
}

/** The program's text; undefined when it is an object in S3 or an archive. */
export function programOf(detail: ApplicationDetail): string | undefined {
  return detail.ApplicationConfigurationDescription?.ApplicationCodeConfigurationDescription
    ?.CodeContentDescription?.TextContent;
}
