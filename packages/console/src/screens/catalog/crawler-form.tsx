import type { Crawler } from "@aws-sdk/client-glue";
import { Autocomplete, Group, Modal, Select, Switch, Textarea, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useNavigate } from "react-router";
import { useAws, useAwsAction } from "../../api/queries.ts";
import { ActionForm } from "../../ui/action-form.tsx";
import { type CrawlerFields, crawlerInputOf, fieldsOf } from "./crawler-input.ts";
import { useDatabases } from "./databases.tsx";
import { crawlerPath } from "./places.ts";

interface CrawlerFormProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** The one to be changed; a new one when undefined. */
  readonly crawler: Crawler | undefined;
}

export function CrawlerForm({ isOpen, onClose, crawler }: CrawlerFormProps): ReactNode {
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      size="lg"
      title={crawler === undefined ? "Create a crawler" : `Change ${crawler.Name}`}
    >
      <Fields crawler={crawler} onClose={onClose} />
    </Modal>
  );
}

function Fields({ crawler, onClose }: Omit<CrawlerFormProps, "isOpen">): ReactNode {
  const navigate = useNavigate();
  const [fields, setFields] = useState(() => fieldsOf(crawler));
  const change = (part: Partial<CrawlerFields>): void => setFields({ ...fields, ...part });
  const save = useAwsAction(
    "glue",
    async (glue, edited: CrawlerFields) => {
      const input = crawlerInputOf(edited);
      if (crawler === undefined) await glue.createCrawler(input);
      else await glue.updateCrawler(input);
    },
    { done: (_output, { name }) => `${name}: saved.` },
  );
  return (
    <ActionForm
      action={crawler === undefined ? "Create" : "Save"}
      isBusy={save.isPending}
      onCancel={onClose}
      onSubmit={() => {
        save.mutate(fields, {
          onSuccess: () => {
            onClose();
            void navigate(crawlerPath(fields.name));
          },
        });
      }}
    >
      <TextInput
        data-autofocus
        required
        label="Name"
        disabled={crawler !== undefined}
        value={fields.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <TargetFields fields={fields} change={change} />
      <PolicyFields fields={fields} change={change} />
    </ActionForm>
  );
}

interface RoleInputProps {
  readonly role: string;
  readonly onChange: (role: string) => void;
}

/** A role's name or ARN; who may not list roles types it. */
function RoleInput({ role, onChange }: RoleInputProps): ReactNode {
  const roles = useAws("iam", ["role-names"], async (iam) => {
    const { Roles = [] } = await iam.listRoles({ MaxItems: 1_000 });
    return Roles.map(({ RoleName = "" }) => RoleName);
  });
  return (
    <Autocomplete required label="Role" data={[...(roles.data ?? [])]} value={role} onChange={onChange} />
  );
}

interface PartProps {
  readonly fields: CrawlerFields;
  readonly change: (part: Partial<CrawlerFields>) => void;
}

/** Where it looks, and where its tables go. */
function TargetFields({ fields, change }: PartProps): ReactNode {
  const databases = useDatabases();
  return (
    <>
      <Textarea
        required
        autosize
        minRows={2}
        label="Where it looks"
        description="s3://BUCKET/FOLDER/ or CONNECTION: database/schema/%, one on each line"
        styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
        value={fields.targets}
        onChange={(event) => change({ targets: event.currentTarget.value })}
      />
      <Group grow align="flex-start">
        <RoleInput role={fields.role} onChange={(role) => change({ role })} />
        <Autocomplete
          required
          label="Database of its tables"
          data={(databases.data ?? []).map(({ Name = "" }) => Name)}
          value={fields.database}
          onChange={(database) => change({ database })}
        />
      </Group>
      <Group grow>
        <TextInput
          label="Schedule"
          placeholder="cron(15 12 * * ? *), or on demand"
          value={fields.schedule}
          onChange={(event) => change({ schedule: event.currentTarget.value.trim() })}
        />
        <TextInput
          label="Prefix of tables"
          value={fields.prefix}
          onChange={(event) => change({ prefix: event.currentTarget.value })}
        />
      </Group>
    </>
  );
}

/** What it does with what has changed. */
function PolicyFields({ fields, change }: PartProps): ReactNode {
  return (
    <>
      <Switch
        label="Look at new folders only"
        checked={fields.onlyNewFolders}
        onChange={(event) => change({ onlyNewFolders: event.currentTarget.checked })}
      />
      <Switch
        label="Update tables whose data has changed"
        disabled={fields.onlyNewFolders}
        checked={fields.updates && !fields.onlyNewFolders}
        onChange={(event) => change({ updates: event.currentTarget.checked })}
      />
      <Select
        label="When data is gone"
        allowDeselect={false}
        disabled={fields.onlyNewFolders}
        data={[
          { value: "DEPRECATE_IN_DATABASE", label: "Mark the table as deprecated" },
          { value: "DELETE_FROM_DATABASE", label: "Delete the table" },
          { value: "LOG", label: "Only say so in the log" },
        ]}
        value={fields.onDelete}
        onChange={(value) => change({ onDelete: (value ?? "LOG") as CrawlerFields["onDelete"] })}
      />
    </>
  );
}
