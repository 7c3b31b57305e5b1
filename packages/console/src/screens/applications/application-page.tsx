import type { ApplicationDetail } from "@aws-sdk/client-kinesis-analytics-v2";
import { Anchor } from "@mantine/core";
import type { ReactNode } from "react";
import { Link, useParams } from "react-router";
import { Page } from "../../ui/page.tsx";
import { knownTab, PathTabs } from "../../ui/page-tabs.tsx";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import { StatusBadge } from "../../ui/status-badge.tsx";
import { ApplicationActions } from "./application-actions.tsx";
import { CodeTab } from "./code/code-tab.tsx";
import { ConfigurationTab } from "./configuration-tab.tsx";
import { JobTab } from "./job/job-tab.tsx";
import { type LiveJob, useJobStatus } from "./job/use-job-status.ts";
import { LogsTab } from "./logs-tab.tsx";
import { MetricsTab } from "./metrics-tab.tsx";
import { OperationsTab } from "./operations-tab.tsx";
import { OutputTab } from "./output/output-tab.tsx";
import { SnapshotsTab } from "./snapshots-tab.tsx";
import { isRunning, isSqlRuntime, isStudio, useApplication } from "./use-application.ts";

const tabs = Object.freeze({
  job: "Job",
  output: "Output",
  code: "Code",
  snapshots: "Snapshots",
  operations: "Operations",
  logs: "Logs",
  metrics: "Metrics",
  configuration: "Configuration",
});
type TabName = keyof typeof tabs;
/** For applications of SQL-1_0 the API refuses snapshots and operations. */
const { snapshots: _snapshots, operations: _operations, ...tabsOfSql } = tabs;

/** One application. */
export function ApplicationPage(): ReactNode {
  const { name = "", tab } = useParams();
  const found = useApplication(name);
  const status = found.data?.ApplicationStatus;
  return (
    <Page
      title={name}
      crumbs={[{ label: "Applications", to: "/applications" }]}
      badge={<StatusBadge status={status} />}
      lead={found.data && leadOf(found.data)}
      actions={found.data && <ApplicationActions detail={found.data} />}
      fills
    >
      <Loaded of={found}>{(detail) => <Details detail={detail} tab={knownTab(tabs, tab)} />}</Loaded>
    </Page>
  );
}

function leadOf(detail: ApplicationDetail): string {
  const parts = [detail.RuntimeEnvironment, `version ${detail.ApplicationVersionId}`];
  if (detail.ApplicationDescription) parts.push(detail.ApplicationDescription);
  return parts.join(" · ");
}

function Details({ detail, tab }: { readonly detail: ApplicationDetail; readonly tab: TabName }): ReactNode {
  const { ApplicationName: name = "", ApplicationStatus: status, RuntimeEnvironment: runtime } = detail;
  const hasPage = isRunning(status) && !isSqlRuntime(runtime);
  const job = useJobStatus(name, hasPage);
  const live = hasPage ? job.data : undefined;
  return (
    <PathTabs
      path={`/applications/${encodeURIComponent(name)}`}
      tabs={isSqlRuntime(runtime) ? tabsOfSql : tabs}
      current={tab}
    >
      {tab === "job" ? (
        <JobTab job={live} error={job.error} idle={idleOf(detail)} />
      ) : (
        <OtherTab tab={tab} detail={detail} live={live} />
      )}
    </PathTabs>
  );
}

interface OtherTabProps {
  readonly tab: TabName;
  readonly detail: ApplicationDetail;
  readonly live: LiveJob | undefined;
}

function OtherTab({ tab, detail, live }: OtherTabProps): ReactNode {
  const name = detail.ApplicationName ?? "";
  if (tab === "output") return <OutputTab detail={detail} log={live?.status.log ?? []} />;
  if (tab === "code") return <CodeTab detail={detail} />;
  if (tab === "snapshots") return <SnapshotsTab detail={detail} />;
  if (tab === "operations") return <OperationsTab name={name} />;
  if (tab === "logs") return <LogsTab detail={detail} log={live?.status.log} />;
  return tab === "metrics" ? <MetricsTab name={name} /> : <ConfigurationTab detail={detail} />;
}

/** Why there is no job to be seen; undefined when there may be one. */
function idleOf({ ApplicationStatus: status, RuntimeEnvironment: runtime }: ApplicationDetail): ReactNode {
  if (!isRunning(status))
    return (
      <EmptyState title={status === "READY" ? "It does not run" : `It is ${status}`}>
        Operators, watermarks and state are seen while it runs. What it did before is in its operations, logs
        and metrics.
      </EmptyState>
    );
  if (isSqlRuntime(runtime))
    return (
      <EmptyState title="Applications of SQL-1_0 have no dashboard">
        As on AWS, CreateApplicationPresignedUrl refuses them: their operators cannot be seen. Their figures
        are in Metrics, what they write is in Output.
      </EmptyState>
    );
  if (isStudio(runtime))
    return (
      <EmptyState title="A Studio application runs notes">
        Their paragraphs run in{" "}
        <Anchor component={Link} to="/query">
          the query editor
        </Anchor>
        , or on the page that CreateApplicationPresignedUrl leads to.
      </EmptyState>
    );
  return undefined;
}
