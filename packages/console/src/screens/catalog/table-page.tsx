import type { Table } from "@aws-sdk/client-glue";
import { Button, Group } from "@mantine/core";
import { IconPrompt } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { useAws, useAwsAction } from "../../api/queries.ts";
import { DeleteButton } from "../../ui/confirm-button.tsx";
import { Page } from "../../ui/page.tsx";
import { PageTabs } from "../../ui/page-tabs.tsx";
import { Loaded } from "../../ui/states.tsx";
import { LinkBadge, LocationLink } from "./databases.tsx";
import { Partitions } from "./partitions.tsx";
import { databasePath, queryPath } from "./places.ts";
import { SampleRows } from "./sample-rows.tsx";
import { spectrumQuery } from "./spectrum-query.ts";
import { TableProperties } from "./table-properties.tsx";
import { TableSchema } from "./table-schema.tsx";
import { TableVersions } from "./table-versions.tsx";

export function TablePage(): ReactNode {
  const { database = "", table = "" } = useParams();
  const about = useAws("glue", ["table", database, table], async (glue) => {
    const { Table: found } = await glue.getTable({ DatabaseName: database, Name: table });
    return found ?? { Name: table };
  });
  return (
    <Page
      title={table}
      badge={about.data?.TargetTable !== undefined && <LinkBadge />}
      lead={
        about.data?.Description ?? (
          <LocationLink location={about.data?.StorageDescriptor?.Location ?? "\u00a0"} />
        )
      }
      crumbs={[
        { label: "Catalog", to: "/catalog" },
        { label: database, to: databasePath(database) },
      ]}
      fills
      actions={<TableActions database={database} table={about.data} />}
    >
      <Loaded of={about}>{(data) => <TableTabs database={database} table={data} />}</Loaded>
    </Page>
  );
}

interface TableTabsProps {
  readonly database: string;
  readonly table: Table;
}

function TableTabs({ database, table }: TableTabsProps): ReactNode {
  const name = table.Name ?? "";
  const isPartitioned = (table.PartitionKeys?.length ?? 0) > 0;
  return (
    <PageTabs
      own={["expression", "versions"]}
      tabs={[
        { value: "schema", label: "Schema", content: () => <TableSchema table={table} /> },
        ...(isPartitioned
          ? [
              {
                value: "partitions",
                label: "Partitions",
                content: () => <Partitions database={database} table={table} />,
              },
            ]
          : []),
        { value: "rows", label: "Sample rows", content: () => <SampleRows table={table} /> },
        {
          value: "history",
          label: "Schema history",
          content: () => <TableVersions database={database} table={name} />,
        },
        {
          value: "properties",
          label: "Properties",
          content: () => <TableProperties database={database} table={table} />,
        },
      ]}
    />
  );
}

interface TableActionsProps {
  readonly database: string;
  readonly table: Table | undefined;
}

function TableActions({ database, table }: TableActionsProps): ReactNode {
  const navigate = useNavigate();
  const remove = useAwsAction(
    "glue",
    (glue, Name: string) => glue.deleteTable({ DatabaseName: database, Name }),
    { done: (_output, name) => `${name} was deleted.` },
  );
  const name = table?.Name ?? "";
  return (
    <Group gap="xs" wrap="nowrap">
      <Button
        component={Link}
        to={queryPath(spectrumQuery(database, name))}
        size="xs"
        leftSection={<IconPrompt size={14} />}
      >
        Query it
      </Button>
      <DeleteButton
        title="Delete the table"
        message={`${name} goes from the catalog; the data in S3 stays.`}
        isBusy={remove.isPending}
        onConfirm={() => remove.mutate(name, { onSuccess: () => void navigate(databasePath(database)) })}
      />
    </Group>
  );
}
