import { Group, Modal, Switch, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useNavigate } from "react-router";
import { useAwsAction } from "../../api/queries.ts";
import { ActionForm } from "../../ui/action-form.tsx";
import { databasePath } from "./places.ts";

interface CreateDatabaseProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

interface NewDatabase {
  readonly name: string;
  readonly description: string;
  readonly location: string;
  readonly isLink: boolean;
  readonly targetAccount: string;
  readonly targetName: string;
}

const empty: NewDatabase = {
  name: "",
  description: "",
  location: "",
  isLink: false,
  targetAccount: "",
  targetName: "",
};

export function CreateDatabase({ isOpen, onClose }: CreateDatabaseProps): ReactNode {
  return (
    <Modal opened={isOpen} onClose={onClose} title="Create a database">
      <CreateForm onClose={onClose} />
    </Modal>
  );
}

function CreateForm({ onClose }: { readonly onClose: () => void }): ReactNode {
  const navigate = useNavigate();
  const [database, setDatabase] = useState(empty);
  const change = (part: Partial<NewDatabase>): void => setDatabase({ ...database, ...part });
  const create = useAwsAction(
    "glue",
    (glue, { name, description, location, isLink, targetAccount, targetName }: NewDatabase) =>
      glue.createDatabase({
        DatabaseInput: {
          Name: name,
          ...(description !== "" && { Description: description }),
          ...(location !== "" && !isLink && { LocationUri: location }),
          ...(isLink && { TargetDatabase: { CatalogId: targetAccount, DatabaseName: targetName } }),
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
        create.mutate(database, {
          onSuccess: () => {
            onClose();
            void navigate(databasePath(database.name.toLowerCase()));
          },
        });
      }}
    >
      <DatabaseFields database={database} change={change} />
    </ActionForm>
  );
}

interface DatabaseFieldsProps {
  readonly database: NewDatabase;
  readonly change: (part: Partial<NewDatabase>) => void;
}

function DatabaseFields({ database, change }: DatabaseFieldsProps): ReactNode {
  return (
    <>
      <TextInput
        data-autofocus
        required
        label="Name"
        value={database.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <TextInput
        label="Description"
        value={database.description}
        onChange={(event) => change({ description: event.currentTarget.value })}
      />
      <Switch
        label="A link to a database of another catalog"
        checked={database.isLink}
        onChange={(event) => change({ isLink: event.currentTarget.checked })}
      />
      {database.isLink ? (
        <Group grow>
          <TextInput
            required
            label="Account"
            value={database.targetAccount}
            onChange={(event) => change({ targetAccount: event.currentTarget.value })}
          />
          <TextInput
            required
            label="Database"
            value={database.targetName}
            onChange={(event) => change({ targetName: event.currentTarget.value })}
          />
        </Group>
      ) : (
        <TextInput
          label="Location"
          placeholder="s3://lake/"
          value={database.location}
          onChange={(event) => change({ location: event.currentTarget.value })}
        />
      )}
    </>
  );
}
