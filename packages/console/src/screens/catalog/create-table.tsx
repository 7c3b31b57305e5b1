import { Group, Modal, Select, Textarea, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useNavigate } from "react-router";
import { useAwsAction } from "../../api/queries.ts";
import { ActionForm } from "../../ui/action-form.tsx";
import { tablePath } from "./places.ts";
import { formats, type NewTable, tableInputOf } from "./table-formats.ts";

interface CreateTableProps {
  readonly database: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

const empty: NewTable = {
  name: "",
  description: "",
  location: "",
  format: "parquet",
  columns: "",
  partitionKeys: "",
};

export function CreateTable({ database, isOpen, onClose }: CreateTableProps): ReactNode {
  return (
    <Modal opened={isOpen} onClose={onClose} title={`Create a table in ${database}`} size="lg">
      <CreateForm database={database} onClose={onClose} />
    </Modal>
  );
}

function CreateForm({ database, onClose }: Omit<CreateTableProps, "isOpen">): ReactNode {
  const navigate = useNavigate();
  const [table, setTable] = useState(empty);
  const change = (part: Partial<NewTable>): void => setTable({ ...table, ...part });
  const create = useAwsAction(
    "glue",
    async (glue, input: NewTable) =>
      glue.createTable({ DatabaseName: database, TableInput: tableInputOf(input) }),
    { done: (_output, { name }) => `${name} is there.` },
  );
  return (
    <ActionForm
      action="Create"
      isBusy={create.isPending}
      onCancel={onClose}
      onSubmit={() => {
        create.mutate(table, {
          onSuccess: () => {
            onClose();
            void navigate(tablePath(database, table.name.toLowerCase()));
          },
        });
      }}
    >
      <TableFields table={table} change={change} />
    </ActionForm>
  );
}

interface TableFieldsProps {
  readonly table: NewTable;
  readonly change: (part: Partial<NewTable>) => void;
}

function TableFields({ table, change }: TableFieldsProps): ReactNode {
  return (
    <>
      <Group grow>
        <TextInput
          data-autofocus
          required
          label="Name"
          value={table.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <Select
          label="Format"
          allowDeselect={false}
          data={Object.keys(formats)}
          value={table.format}
          onChange={(format) => change({ format: format ?? "parquet" })}
        />
      </Group>
      <TextInput
        required
        label="Location"
        placeholder="s3://lake/orders/"
        value={table.location}
        onChange={(event) => change({ location: event.currentTarget.value })}
      />
      <Textarea
        required
        autosize
        minRows={5}
        maxRows={14}
        label="Columns"
        description="A name and a type on each line, such as: id bigint"
        styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
        value={table.columns}
        onChange={(event) => change({ columns: event.currentTarget.value })}
      />
      <Textarea
        autosize
        minRows={2}
        label="Partition keys"
        styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
        value={table.partitionKeys}
        onChange={(event) => change({ partitionKeys: event.currentTarget.value })}
      />
      <TextInput
        label="Description"
        value={table.description}
        onChange={(event) => change({ description: event.currentTarget.value })}
      />
    </>
  );
}
