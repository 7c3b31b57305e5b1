import type { ReactNode } from "react";
import { Page } from "../../ui/page.tsx";
import { PageTabs } from "../../ui/page-tabs.tsx";
import { KeepTab } from "./keep-tab.tsx";
import { LogsTab } from "./logs-tab.tsx";
import { MetricsTab } from "./metrics-tab.tsx";
import { OverviewTab } from "./overview-tab.tsx";

/** This Millrace itself: what runs, what it takes up, what it says, and all of its state as one thing. */
export function Screen(): ReactNode {
  return (
    <Page title="State" lead="This Millrace: status, metrics, log, snapshots." fills>
      <PageTabs
        own={["level", "line"]}
        tabs={[
          { value: "overview", label: "Overview", content: () => <OverviewTab /> },
          { value: "metrics", label: "Metrics", content: () => <MetricsTab /> },
          { value: "logs", label: "Log", content: () => <LogsTab /> },
          { value: "keep", label: "Snapshot and reset", content: () => <KeepTab /> },
        ]}
      />
    </Page>
  );
}
