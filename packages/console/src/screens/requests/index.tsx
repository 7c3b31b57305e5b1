import type { ReactNode } from "react";
import { Page } from "../../ui/page.tsx";
import { PageTabs } from "../../ui/page-tabs.tsx";
import { RequestsTab } from "./requests-tab.tsx";
import { UnsupportedTab } from "./unsupported-tab.tsx";

/** What the AWS APIs were asked for, by whom, and how it ended. */
export function Screen(): ReactNode {
  return (
    <Page title="Requests" lead="Every call of an AWS API, as it comes. What was sent is not kept." fills>
      <PageTabs
        own={["n", "service", "show", "own"]}
        tabs={[
          { value: "live", label: "Live", content: () => <RequestsTab /> },
          { value: "unsupported", label: "Not supported", content: () => <UnsupportedTab /> },
        ]}
      />
    </Page>
  );
}
