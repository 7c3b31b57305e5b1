import type { Database } from "@aws-sdk/client-glue";
import { Anchor, Badge, Button, Group, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { allPages } from "../../api/all-pages.ts";
import { useAws } from "../../api/queries.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { timeText } from "../../ui/format.ts";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import { locationPath } from "../objects/places.ts";
import { CreateDatabase } from "./create-database.tsx";
import { databasePath } from "./places.ts";

export function useDatabases(): UseQueryResult<readonly Database[], Error> {
  return useAws("glue", ["databases"], (glue) =>
    allPages(async (NextToken) => {
      const output = await glue.getDatabases({ NextToken, ResourceShareType: "ALL" });
      return { items: output.DatabaseList, next: output.NextToken };
    }),
  );
}

export function Databases(): ReactNode {
  const databases = useDatabases();
  const [isCreating, create] = useDisclosure(false);
  const button = (
    <Button size="xs" leftSection={<IconPlus size={14} />} onClick={create.open}>
      Create database
    </Button>
  );
  return (
    <>
      <Loaded of={databases}>
        {(rows) => (
          <DataTable
            label="databases"
            rows={rows}
            columns={columns}
            rowKey={({ Name = "" }) => Name}
            to={({ Name = "" }) => databasePath(Name)}
            sort={{ key: "name" }}
            tools={button}
            empty={
              <EmptyState
                title="The catalog is empty"
                command="aws glue create-database --database-input Name=lake"
                action={button}
              >
                A database holds tables: descriptions of files, so that Redshift Spectrum, Firehose and others
                know what is in them. A crawler finds them out by itself.
              </EmptyState>
            }
          />
        )}
      </Loaded>
      <CreateDatabase isOpen={isCreating} onClose={create.close} />
    </>
  );
}

const columns: readonly Column<Database>[] = [
  {
    key: "name",
    title: "Database",
    value: ({ Name }) => Name,
    render: (database) => (
      <Group gap={8} wrap="nowrap">
        <Text size="sm" fw={500} truncate>
          {database.Name}
        </Text>
        {database.TargetDatabase !== undefined && <LinkBadge />}
      </Group>
    ),
    width: "1.4fr",
  },
  { key: "description", title: "Description", value: ({ Description }) => Description, width: "1.4fr" },
  {
    key: "location",
    title: "Location",
    value: ({ LocationUri, TargetDatabase }) => LocationUri ?? TargetDatabase?.DatabaseName,
    render: ({ LocationUri, TargetDatabase }) =>
      TargetDatabase === undefined ? (
        <LocationLink location={LocationUri} />
      ) : (
        `${TargetDatabase.CatalogId ?? ""} ${TargetDatabase.DatabaseName ?? ""}`
      ),
    width: "1.4fr",
  },
  {
    key: "created",
    title: "Created",
    value: ({ CreateTime }) => CreateTime?.getTime(),
    render: ({ CreateTime }) => timeText(CreateTime),
    width: "160px",
  },
];

/** It stands for something in another catalog, account or region. */
export function LinkBadge(): ReactNode {
  return (
    <Badge size="sm" variant="light" color="grape">
      link
    </Badge>
  );
}

/** Where data lies, as a link to its objects where that is S3. */
export function LocationLink({ location }: { readonly location: string | undefined }): ReactNode {
  const path = locationPath(location);
  if (location === undefined) return undefined;
  if (path === undefined) return location;
  return (
    <Anchor component={Link} to={path} size="sm" onClick={(event) => event.stopPropagation()}>
      {location}
    </Anchor>
  );
}
