import { Button, Group, Modal, NumberInput, Stack, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useAwsAction } from "../../../api/queries.ts";

export interface ChangeShardCountProps {
  readonly name: string;
  /** Shards that are open now. */
  readonly open: number;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

export function ChangeShardCount({ name, open, isOpen, onClose }: ChangeShardCountProps): ReactNode {
  const [count, setCount] = useState<number | undefined>(undefined);
  const target = count ?? open * 2;
  const change = useAwsAction(
    "kinesis",
    (kinesis, shards: number) =>
      kinesis.updateShardCount({
        StreamName: name,
        TargetShardCount: shards,
        ScalingType: "UNIFORM_SCALING",
      }),
    { done: (_, shards) => `${name} goes from ${open} to ${shards} shards.` },
  );
  return (
    <Modal opened={isOpen} onClose={onClose} title="Change shard count" size="sm">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate(target, { onSuccess: onClose });
        }}
      >
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            UpdateShardCount splits and merges until all shards take the same share of the keys. AWS allows
            from half to twice the current number.
          </Text>
          <NumberInput
            label={`Shards (now ${open})`}
            data-autofocus
            min={1}
            value={target}
            onChange={(value) => setCount(Number(value) || 1)}
          />
          <Group justify="flex-end">
            <Button type="submit" loading={change.isPending} disabled={target === open}>
              Change
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
