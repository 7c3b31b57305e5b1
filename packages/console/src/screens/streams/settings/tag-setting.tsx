import { Button, Group, Pill, Text, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useAws, useAwsAction } from "../../../api/queries.ts";
import { ErrorAlert } from "../../../ui/states.tsx";
import { Setting } from "./setting.tsx";

export function TagSetting({ arn }: { readonly arn: string }): ReactNode {
  const tags = useAws(
    "kinesis",
    ["tags", arn],
    async (kinesis) => (await kinesis.listTagsForResource({ ResourceARN: arn })).Tags ?? [],
  );
  const [key, setKey] = useState("");
  const [value, setValue] = useState("");
  const add = useAwsAction("kinesis", (kinesis, tag: readonly [string, string]) =>
    kinesis.tagResource({ ResourceARN: arn, Tags: { [tag[0]]: tag[1] } }),
  );
  const remove = useAwsAction("kinesis", (kinesis, name: string) =>
    kinesis.untagResource({ ResourceARN: arn, TagKeys: [name] }),
  );
  return (
    <Setting title="Tags" about="For costs and for policies.">
      {tags.error !== null && <ErrorAlert error={tags.error} />}
      <Group gap={6} mb="xs" mih={24}>
        {(tags.data ?? []).map((tag) => (
          <Pill key={tag.Key} withRemoveButton onRemove={() => remove.mutate(tag.Key ?? "")}>
            {tag.Key}={tag.Value}
          </Pill>
        ))}
        {tags.data?.length === 0 && (
          <Text size="xs" c="dimmed">
            none
          </Text>
        )}
      </Group>
      <Group
        gap="xs"
        component="form"
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate([key, value], {
            onSuccess: () => {
              setKey("");
              setValue("");
            },
          });
        }}
      >
        <TextInput
          size="xs"
          flex={1}
          aria-label="Tag key"
          placeholder="key"
          required
          value={key}
          onChange={(event) => setKey(event.currentTarget.value)}
        />
        <TextInput
          size="xs"
          flex={1}
          aria-label="Tag value"
          placeholder="value"
          value={value}
          onChange={(event) => setValue(event.currentTarget.value)}
        />
        <Button size="xs" type="submit" variant="default">
          Add
        </Button>
      </Group>
    </Setting>
  );
}
