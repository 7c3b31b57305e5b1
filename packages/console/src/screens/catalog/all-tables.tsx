import type { ReactNode } from "react";
import { allPages } from "../../api/all-pages.ts";
import { useAws } from "../../api/queries.ts";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import { TableList } from "./table-list.tsx";

/** Tables of all databases. */
export function AllTables(): ReactNode {
  const tables = useAws("glue", ["all-tables"], (glue) =>
    allPages(async (NextToken) => {
      const output = await glue.searchTables({ NextToken, MaxResults: 1_000 });
      return { items: output.TableList, next: output.NextToken };
    }),
  );
  return (
    <Loaded of={tables}>
      {(rows) => (
        <TableList
          tables={rows}
          withDatabase
          empty={
            <EmptyState title="There are no tables">Crawlers make them, or you do in a database.</EmptyState>
          }
        />
      )}
    </Loaded>
  );
}
