import type { Table } from "@aws-sdk/client-glue";
import { Table as HtmlTable, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useAwsAction } from "../../api/queries.ts";
import { Facts } from "../../ui/facts.tsx";
import { timeText } from "../../ui/format.ts";
import { JsonForm } from "../../ui/json-form.tsx";
import { LocationLink } from "./databases.tsx";
import { formatOf, inputOfTable } from "./table-formats.ts";

interface TablePropertiesProps {
  readonly database: string;
  readonly table: Table;
}

/** Where the data lies and how it is read; all of it can be changed as a document. */
export function TableProperties({ database, table }: TablePropertiesProps): ReactNode {
  const { StorageDescriptor: storage, Parameters: parameters } = table;
  const update = useAwsAction(
    "glue",
    (glue, text: string) =>
      glue.updateTable({
        DatabaseName: database,
        TableInput: JSON.parse(text),
        ...(table.VersionId !== undefined && { VersionId: table.VersionId }),
      }),
    { done: () => "The table has a new version." },
  );
  return (
    <Stack gap="xl">
      <Facts
        items={[
          ["Type", table.TableType],
          ["Format", formatOf(table)],
          ["Location", storage?.Location && <LocationLink key="location" location={storage.Location} />],
          ["Serializer", storage?.SerdeInfo?.SerializationLibrary],
          ["Input format", storage?.InputFormat],
          ["Output format", storage?.OutputFormat],
          ["Compressed", storage?.Compressed === true ? "yes" : undefined],
          ["Owner", table.Owner],
          [
            "Created",
            `${timeText(table.CreateTime)} ${table.CreatedBy === undefined ? "" : `by ${table.CreatedBy}`}`,
          ],
          ["Updated", timeText(table.UpdateTime)],
          ["Version", table.VersionId],
          ["Target", table.TargetTable && `${table.TargetTable.DatabaseName}.${table.TargetTable.Name}`],
        ]}
      />
      <Pairs title="Parameters" pairs={parameters} />
      <Pairs title="Parameters of the serializer" pairs={storage?.SerdeInfo?.Parameters} />
      <Stack gap="xs">
        <Title order={3} size="h5">
          As a document
        </Title>
        <Text size="sm" c="dimmed">
          Saving it makes a new version of the table. If somebody else was faster, it is refused.
        </Text>
        <JsonForm
          label="The table as JSON"
          height="360px"
          value={JSON.stringify(inputOfTable(table), undefined, 2)}
          isBusy={update.isPending}
          onSave={(text) => update.mutate(text)}
        />
      </Stack>
    </Stack>
  );
}

interface PairsProps {
  readonly title: string;
  readonly pairs: Readonly<Record<string, string>> | undefined;
}

function Pairs({ title, pairs }: PairsProps): ReactNode {
  const entries = Object.entries(pairs ?? {});
  if (entries.length === 0) return undefined;
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">
        {title}
      </Title>
      <HtmlTable maw={820} layout="fixed" verticalSpacing={4}>
        <HtmlTable.Tbody>
          {entries.map(([name, value]) => (
            <HtmlTable.Tr key={name}>
              <HtmlTable.Td w="40%">{name}</HtmlTable.Td>
              <HtmlTable.Td style={{ overflowWrap: "anywhere" }}>{value}</HtmlTable.Td>
            </HtmlTable.Tr>
          ))}
        </HtmlTable.Tbody>
      </HtmlTable>
    </Stack>
  );
}
