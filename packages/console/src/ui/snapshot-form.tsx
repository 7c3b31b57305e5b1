import { Button, Group, TextInput } from "@mantine/core";
import { IconCamera } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";

export interface SnapshotFormProps {
  readonly isBusy: boolean;
  /** Why none can be taken now. */
  readonly problem?: string;
  readonly onTake: (name: string, options: { readonly onSuccess: () => void }) => void;
}

/** Takes a snapshot by its name. */
export function SnapshotForm({ isBusy, problem, onTake }: SnapshotFormProps): ReactNode {
  const [name, setName] = useState("");
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (name !== "") onTake(name, { onSuccess: () => setName("") });
      }}
    >
      <Group gap="xs" wrap="nowrap">
        <TextInput
          size="xs"
          aria-label="Name of the snapshot"
          placeholder="name of a new one"
          value={name}
          onChange={(event) => setName(event.currentTarget.value.trim())}
        />
        <Button
          size="xs"
          type="submit"
          leftSection={<IconCamera size={14} />}
          loading={isBusy}
          disabled={name === "" || problem !== undefined}
          title={problem ?? ""}
        >
          Take a snapshot
        </Button>
      </Group>
    </form>
  );
}
