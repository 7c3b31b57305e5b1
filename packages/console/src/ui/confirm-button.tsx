import { Button } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { type Confirmation, confirm } from "./confirm.tsx";

export interface DeleteButtonProps extends Omit<Confirmation, "action"> {
  readonly isBusy?: boolean;
}

/** Deletes what a page shows; asks first. */
export function DeleteButton({ isBusy = false, ...asked }: DeleteButtonProps): ReactNode {
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconTrash size={14} />}
      loading={isBusy}
      onClick={() => confirm({ ...asked, action: "Delete" })}
    >
      Delete
    </Button>
  );
}

export interface RowButtonProps extends Confirmation {
  /** Something is lost by it. */
  readonly isLoss?: boolean;
}

/** Does something with a row of a table; asks first. */
export function RowButton({ isLoss = false, ...asked }: RowButtonProps): ReactNode {
  return (
    <Button
      size="compact-xs"
      variant="subtle"
      {...(isLoss && { color: "red" })}
      onClick={() => confirm(asked)}
    >
      {asked.action}
    </Button>
  );
}
