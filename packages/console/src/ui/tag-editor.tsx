import { ActionIcon, Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { type ReactNode, useEffect, useState } from "react";

export interface Tag {
  readonly key: string;
  readonly value: string;
}

export interface TagEditorProps {
  /** `Tags`, `Metadata`, `Parameters` */
  readonly label: string;
  readonly tags: readonly Tag[];
  readonly onSave: (tags: readonly Tag[]) => void;
  readonly isBusy: boolean;
}

/** Keys with values, saved together. */
export function TagEditor({ label, tags, onSave, isBusy }: TagEditorProps): ReactNode {
  const [edited, setEdited] = useState(tags);
  const kept = JSON.stringify(tags);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `kept` stands for the tags, whose list is new each time.
  useEffect(() => setEdited(tags), [kept]);
  const change = (index: number, tag: Tag): void =>
    setEdited(edited.map((other, i) => (i === index ? tag : other)));
  const named = edited.filter(({ key }) => key !== "");
  return (
    <Stack gap="xs" maw={720}>
      {edited.length === 0 && (
        <Text size="sm" c="dimmed">
          None.
        </Text>
      )}
      {edited.map(({ key, value }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the key of a tag changes while it is typed.
        <Group key={i} gap="xs" wrap="nowrap">
          <TextInput
            size="xs"
            flex={1}
            aria-label={`${label}: key ${i + 1}`}
            placeholder="Key"
            value={key}
            onChange={(event) => change(i, { key: event.currentTarget.value, value })}
          />
          <TextInput
            size="xs"
            flex={2}
            aria-label={`${label}: value ${i + 1}`}
            placeholder="Value"
            value={value}
            onChange={(event) => change(i, { key, value: event.currentTarget.value })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Remove ${key || "this one"}`}
            onClick={() => setEdited(edited.filter((_, other) => other !== i))}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </Group>
      ))}
      <Group justify="space-between">
        <Button
          size="xs"
          variant="subtle"
          leftSection={<IconPlus size={14} />}
          onClick={() => setEdited([...edited, { key: "", value: "" }])}
        >
          Add
        </Button>
        <Button
          size="xs"
          loading={isBusy}
          disabled={JSON.stringify(named) === kept}
          onClick={() => onSave(named)}
        >
          Save
        </Button>
      </Group>
    </Stack>
  );
}
