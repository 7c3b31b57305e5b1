import type { ReactNode } from "react";
import { useSearchParams } from "react-router";
import { Page } from "../../ui/page.tsx";
import { EmptyState, ErrorAlert } from "../../ui/states.tsx";
import { ConnectionBar } from "./warehouse/connection-bar.tsx";
import { QueryActivity } from "./warehouse/query-activity.tsx";
import { usePlace } from "./warehouse/use-place.ts";

/** What runs and ran on a cluster. */
export function ActivityPage(): ReactNode {
  const [params, setParams] = useSearchParams();
  const choice = {
    cluster: params.get("cluster") ?? undefined,
    database: params.get("database") ?? undefined,
    user: params.get("user") ?? undefined,
  };
  const { place, error, isPending } = usePlace(choice);
  return (
    <Page
      title="Queries"
      crumbs={[{ label: "Query editor", to: "/query" }]}
      fills
      actions={
        <ConnectionBar
          choice={choice}
          onChange={(next) =>
            setParams(
              Object.fromEntries(
                Object.entries(next).filter((entry): entry is [string, string] => entry[1] !== undefined),
              ),
            )
          }
        />
      }
    >
      {error !== null && <ErrorAlert error={error} />}
      {place !== undefined && <QueryActivity place={place} />}
      {place === undefined && error === null && !isPending && <EmptyState title="There is no cluster" />}
    </Page>
  );
}
