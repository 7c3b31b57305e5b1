import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { useMemo, useRef } from "react";
import { useConsole } from "../../../api/console-context.tsx";
import { ApplicationPage } from "../../query/studio/studio-api.ts";
import { type JobSample, type JobStatus, type Rates, ratesBetween, withSample } from "./job-status.ts";

const pollMs = 1_500;

export interface LiveJob {
  readonly status: JobStatus;
  readonly rates: Rates | undefined;
  readonly samples: readonly JobSample[];
}

/** What a running application's job does, looked at again and again through its presigned dashboard. */
export function useJobStatus(name: string, enabled: boolean): UseQueryResult<LiveJob, Error> {
  const { clients, session } = useConsole();
  const page = useMemo(
    () => new ApplicationPage(() => clients.get("kinesis-analytics-v2"), name, "FLINK_DASHBOARD_URL"),
    [clients, name],
  );
  const before = useRef<LiveJob | undefined>(undefined);
  return useQuery<LiveJob, Error>({
    queryKey: ["application-page", name, session.account, session.region],
    queryFn: async () => {
      const status = await page.call<JobStatus>("GET", "status");
      const rates = ratesBetween(before.current?.status, status);
      const live = { status, rates, samples: withSample(before.current?.samples ?? [], status, rates) };
      before.current = live;
      return live;
    },
    enabled,
    refetchInterval: pollMs,
    gcTime: 0,
  });
}
