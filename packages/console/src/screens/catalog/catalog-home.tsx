import type { ReactNode } from "react";
import { Page } from "../../ui/page.tsx";
import { PageTabs } from "../../ui/page-tabs.tsx";
import { AllTables } from "./all-tables.tsx";
import { Connections } from "./connections.tsx";
import { Crawlers } from "./crawlers.tsx";
import { Databases } from "./databases.tsx";

export function CatalogHome(): ReactNode {
  return (
    <Page title="Catalog" lead="Databases, tables and crawlers of Glue" fills>
      <PageTabs
        tabs={[
          { value: "databases", label: "Databases", content: () => <Databases /> },
          { value: "tables", label: "All tables", content: () => <AllTables /> },
          { value: "crawlers", label: "Crawlers", content: () => <Crawlers /> },
          { value: "connections", label: "Connections", content: () => <Connections /> },
        ]}
      />
    </Page>
  );
}
