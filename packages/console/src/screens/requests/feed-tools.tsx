import { ActionIcon, Badge, Button, Group, Tooltip } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { IconPlayerPause, IconPlayerPlay, IconTrash } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { countText } from "../../ui/format.ts";
import type { LiveFeed } from "./use-feed.ts";

/** Holds a live table, goes on with it, empties it. */
export function FeedTools<T>({ feed }: { readonly feed: LiveFeed<T> }): ReactNode {
  useHotkeys([["p", () => feed.hold(!feed.isHeld)]]);
  return (
    <Group gap={6} wrap="nowrap">
      {feed.missed > 0 && (
        <Tooltip label="They had made room for newer ones before this screen read them">
          <Badge variant="light" color="gray" tt="none" aria-label="Missed">
            {countText(feed.missed)} earlier
          </Badge>
        </Tooltip>
      )}
      <Button
        size="compact-xs"
        variant={feed.isHeld ? "filled" : "light"}
        leftSection={feed.isHeld ? <IconPlayerPlay size={12} /> : <IconPlayerPause size={12} />}
        onClick={() => feed.hold(!feed.isHeld)}
      >
        {feed.isHeld ? `Go on${feed.held > 0 ? ` (${countText(feed.held)} new)` : ""}` : "Hold"}
      </Button>
      <Tooltip label="Clear the list">
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label="Clear the list" onClick={feed.clear}>
          <IconTrash size={14} />
        </ActionIcon>
      </Tooltip>
    </Group>
  );
}
