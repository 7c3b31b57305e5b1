import { ActionIcon, Button, Group, Tooltip } from "@mantine/core";
import { IconHistory, IconLayoutSidebar, IconListDetails } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Link } from "react-router";

export interface EditorActionsProps {
  readonly hasSide: boolean;
  readonly onToggleSide: () => void;
  readonly onHistory: () => void;
}

/** Beside the title: what is shown around the text, and the ways to what runs and to what ran. */
export function EditorActions({ hasSide, onToggleSide, onHistory }: EditorActionsProps): ReactNode {
  return (
    <Group gap="xs" wrap="nowrap">
      <Tooltip label="Tables beside the text">
        <ActionIcon
          variant="default"
          size={30}
          aria-label="Tables beside the text"
          aria-pressed={hasSide}
          onClick={onToggleSide}
        >
          <IconLayoutSidebar size={16} />
        </ActionIcon>
      </Tooltip>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconListDetails size={15} />}
        component={Link}
        to="/query/activity"
      >
        Queue
      </Button>
      <Button size="xs" variant="default" leftSection={<IconHistory size={15} />} onClick={onHistory}>
        History
      </Button>
    </Group>
  );
}
