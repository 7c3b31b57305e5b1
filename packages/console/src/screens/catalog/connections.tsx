import type { Connection } from "@aws-sdk/client-glue";
import { Button, Group, Modal, Select, Text, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { allPages } from "../../api/all-pages.ts";
import { useAws, useAwsAction } from "../../api/queries.ts";
import { ActionForm } from "../../ui/action-form.tsx";
import { RowButton } from "../../ui/confirm-button.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { timeText } from "../../ui/format.ts";
import { EmptyState, Loaded } from "../../ui/states.tsx";

/** Databases outside, for crawlers; their passwords are not asked for. */
export function Connections(): ReactNode {
  const [isCreating, create] = useDisclosure(false);
  const connections = useAws("glue", ["connections"], (glue) =>
    allPages(async (NextToken) => {
      const output = await glue.getConnections({ NextToken, HidePassword: true });
      return { items: output.ConnectionList, next: output.NextToken };
    }),
  );
  const button = (
    <Button size="xs" leftSection={<IconPlus size={14} />} onClick={create.open}>
      Create connection
    </Button>
  );
  return (
    <>
      <Loaded of={connections}>
        {(rows) => (
          <DataTable
            label="connections"
            rows={rows}
            columns={columns}
            rowKey={({ Name = "" }) => Name}
            tools={button}
            empty={
              <EmptyState title="There are no connections" action={button}>
                A connection lets a crawler look into PostgreSQL or MySQL.
              </EmptyState>
            }
          />
        )}
      </Loaded>
      <Modal opened={isCreating} onClose={create.close} title="Create a connection">
        <CreateForm onClose={create.close} />
      </Modal>
    </>
  );
}

const columns: readonly Column<Connection>[] = [
  { key: "name", title: "Connection", value: ({ Name }) => Name },
  { key: "type", title: "Type", value: ({ ConnectionType }) => ConnectionType, width: "100px" },
  {
    key: "url",
    title: "URL",
    value: ({ ConnectionProperties }) => ConnectionProperties?.JDBC_CONNECTION_URL,
    width: "2fr",
  },
  { key: "user", title: "User", value: ({ ConnectionProperties }) => ConnectionProperties?.USERNAME },
  {
    key: "updated",
    title: "Changed",
    value: ({ LastUpdatedTime }) => LastUpdatedTime?.getTime(),
    render: ({ LastUpdatedTime }) => timeText(LastUpdatedTime),
    width: "160px",
  },
  {
    key: "actions",
    title: "",
    value: () => undefined,
    render: ({ Name = "" }) => <ConnectionActions name={Name} />,
    width: "150px",
    align: "right",
  },
];

function ConnectionActions({ name }: { readonly name: string }): ReactNode {
  const test = useAwsAction(
    "glue",
    (glue, ConnectionName: string) => glue.testConnection({ ConnectionName }),
    {
      changes: [],
      done: () => `${name}: the connection works.`,
    },
  );
  const remove = useAwsAction(
    "glue",
    (glue, ConnectionName: string) => glue.deleteConnection({ ConnectionName }),
    { done: () => `${name} was deleted.` },
  );
  return (
    <Group gap={4} justify="flex-end" wrap="nowrap">
      <Button size="compact-xs" variant="subtle" loading={test.isPending} onClick={() => test.mutate(name)}>
        Test
      </Button>
      <RowButton
        isLoss
        title="Delete the connection"
        message="Crawlers that use it fail."
        action="Delete"
        onConfirm={() => remove.mutate(name)}
      />
    </Group>
  );
}

interface NewConnection {
  readonly name: string;
  readonly engine: string;
  readonly address: string;
  readonly user: string;
  readonly password: string;
}

function CreateForm({ onClose }: { readonly onClose: () => void }): ReactNode {
  const [input, setInput] = useState<NewConnection>({
    name: "",
    engine: "postgresql",
    address: "",
    user: "",
    password: "",
  });
  const change = (part: Partial<NewConnection>): void => setInput({ ...input, ...part });
  const create = useAwsAction(
    "glue",
    (glue, { name, engine, address, user, password }: NewConnection) =>
      glue.createConnection({
        ConnectionInput: {
          Name: name,
          ConnectionType: "JDBC",
          ConnectionProperties: {
            JDBC_CONNECTION_URL: `jdbc:${engine}://${address}`,
            USERNAME: user,
            PASSWORD: password,
          },
        },
      }),
    { done: (_output, { name }) => `${name} is there.` },
  );
  return (
    <ActionForm
      action="Create"
      isBusy={create.isPending}
      onCancel={onClose}
      onSubmit={() => {
        create.mutate(input, { onSuccess: onClose });
      }}
    >
      <ConnectionFields input={input} change={change} />
      <Text size="xs" c="dimmed">
        The password is kept sealed, and not shown here again.
      </Text>
    </ActionForm>
  );
}

interface ConnectionFieldsProps {
  readonly input: NewConnection;
  readonly change: (part: Partial<NewConnection>) => void;
}

function ConnectionFields({ input, change }: ConnectionFieldsProps): ReactNode {
  return (
    <>
      <TextInput
        data-autofocus
        required
        label="Name"
        value={input.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <Select
        label="Database"
        allowDeselect={false}
        data={[
          { value: "postgresql", label: "PostgreSQL" },
          { value: "mysql", label: "MySQL" },
        ]}
        value={input.engine}
        onChange={(engine) => change({ engine: engine ?? "postgresql" })}
      />
      <TextInput
        required
        label="Address"
        placeholder="host:5432/database"
        value={input.address}
        onChange={(event) => change({ address: event.currentTarget.value.trim() })}
      />
      <Group grow>
        <TextInput
          required
          label="User"
          autoComplete="off"
          value={input.user}
          onChange={(event) => change({ user: event.currentTarget.value })}
        />
        <TextInput
          required
          type="password"
          label="Password"
          autoComplete="new-password"
          value={input.password}
          onChange={(event) => change({ password: event.currentTarget.value })}
        />
      </Group>
    </>
  );
}
