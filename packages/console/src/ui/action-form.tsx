import { Button, Group, Stack } from "@mantine/core";
import type { ReactNode } from "react";

export interface ActionFormProps {
  /** The words on the button, such as "Create". */
  readonly action: string;
  readonly isBusy: boolean;
  /** What is there cannot be sent. */
  readonly isDisabled?: boolean;
  readonly onSubmit: () => void;
  readonly onCancel: () => void;
  readonly children: ReactNode;
}

/** Fields below each other, and the buttons that send them or leave them. */
export function ActionForm(props: ActionFormProps): ReactNode {
  const { action, isBusy, isDisabled = false, onSubmit, onCancel, children } = props;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      <Stack gap="sm">
        {children}
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={isBusy} disabled={isDisabled}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
