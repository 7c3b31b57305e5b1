import { ActionIcon, CloseButton, Menu, Tooltip, UnstyledButton } from "@mantine/core";
import { IconDatabase, IconPlus, IconWaveSine } from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "./editor-page.module.css";
import type { QueryKind, QueryTab } from "./tabs.ts";

export interface TabStripProps {
  readonly tabs: readonly QueryTab[];
  readonly active: string;
  readonly onChoose: (id: string) => void;
  readonly onOpen: (kind: QueryKind) => void;
  readonly onClose: (tab: QueryTab) => void;
  readonly onRename: (name: string) => void;
}

/** The editor's tabs; a double click renames one. */
export function TabStrip(props: TabStripProps): ReactNode {
  return (
    <div className={classes["tabs"]}>
      {props.tabs.map((tab) => (
        <OneTab key={tab.id} tab={tab} strip={props} />
      ))}
      <Menu position="bottom-start">
        <Menu.Target>
          <Tooltip label="New tab">
            <ActionIcon variant="subtle" color="gray" ml={4} aria-label="New tab">
              <IconPlus size={16} />
            </ActionIcon>
          </Tooltip>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconDatabase size={15} />} onClick={() => props.onOpen("redshift")}>
            Redshift SQL
          </Menu.Item>
          <Menu.Item leftSection={<IconWaveSine size={15} />} onClick={() => props.onOpen("flink")}>
            Streaming SQL (Flink)
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}

function OneTab({ tab, strip }: { readonly tab: QueryTab; readonly strip: TabStripProps }): ReactNode {
  const isActive = tab.id === strip.active;
  const Icon = tab.kind === "redshift" ? IconDatabase : IconWaveSine;
  return (
    <div className={classes["tab"]} data-active={isActive || undefined}>
      <UnstyledButton
        className={classes["tabButton"] ?? ""}
        aria-current={isActive ? "page" : undefined}
        onClick={() => strip.onChoose(tab.id)}
        onDoubleClick={() => {
          const name = globalThis.prompt("Name of the tab", tab.name)?.trim();
          if (name !== undefined && name !== "") strip.onRename(name.slice(0, 60));
        }}
      >
        <Icon size={14} stroke={1.6} />
        {tab.name}
      </UnstyledButton>
      <CloseButton size="xs" aria-label={`Close ${tab.name}`} onClick={() => strip.onClose(tab)} />
    </div>
  );
}
