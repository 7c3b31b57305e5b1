import { ActionIcon, Button, Group, Tooltip } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconHistory, IconLayoutSidebar, IconListDetails } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { Link } from "react-router";
import { Page } from "../../ui/page.tsx";
import { HistoryDrawer } from "./history-drawer.tsx";
import { RedshiftTab } from "./redshift-tab.tsx";
import { StreamTab } from "./stream-tab.tsx";
import { StudioGate } from "./studio/studio-gate.tsx";
import { TabStrip } from "./tab-strip.tsx";
import type { QueryTab } from "./tabs.ts";
import { useRunners } from "./use-runners.ts";
import { useTabs } from "./use-tabs.ts";

/** What one tab shows; both kinds have the same. */
export interface TabProps {
  readonly tab: QueryTab;
  readonly onChange: (change: Partial<QueryTab>) => void;
  /** Whether the list of tables is shown. */
  readonly hasSide: boolean;
  /** The tabs above the text. */
  readonly strip: ReactNode;
}

/** Statements in tabs, what they answer below, and what they can be about beside them. */
export function EditorPage(): ReactNode {
  const tabs = useTabs();
  const runners = useRunners();
  const [isHistoryOpen, setHistoryOpen] = useState(false);
  const isWide = useMediaQuery("(min-width: 1150px)", true, { getInitialValueInEffect: false });
  const [side, setSide] = useState<boolean | undefined>();
  const hasSide = side ?? isWide;
  const { current } = tabs;
  const strip = (
    <TabStrip
      tabs={tabs.tabs}
      active={current.id}
      onChoose={tabs.choose}
      onOpen={(kind) => tabs.open(kind, current.kind === kind ? placeOf(current) : {})}
      onClose={(tab) => {
        runners.close(tab);
        tabs.close(tab.id);
      }}
      onRename={(name) => tabs.change({ name })}
    />
  );
  const common = { tab: current, onChange: tabs.change, hasSide, strip };
  return (
    <Page
      title="Query editor"
      fills
      actions={
        <Group gap="xs" wrap="nowrap">
          <Tooltip label="Tables beside the text">
            <ActionIcon
              variant="default"
              size={30}
              aria-label="Tables beside the text"
              aria-pressed={hasSide}
              onClick={() => setSide(!hasSide)}
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
          <Button
            size="xs"
            variant="default"
            leftSection={<IconHistory size={15} />}
            onClick={() => setHistoryOpen(true)}
          >
            History
          </Button>
        </Group>
      }
    >
      {current.kind === "redshift" ? (
        <RedshiftTab key={current.id} {...common} runner={runners.of(current)} />
      ) : (
        <StreamTab key={current.id} {...common} runner={runners.of(current)} gate={StudioGate} />
      )}
      <HistoryDrawer
        isOpen={isHistoryOpen}
        onClose={() => setHistoryOpen(false)}
        onChoose={({ kind, sql }) => {
          tabs.open(kind, { text: sql, ...(kind === current.kind && placeOf(current)) });
          setHistoryOpen(false);
        }}
      />
    </Page>
  );
}

/** A new tab is about the same database. */
function placeOf({ cluster, database, user }: QueryTab): Partial<QueryTab> {
  return {
    ...(cluster !== undefined && { cluster }),
    ...(database !== undefined && { database }),
    ...(user !== undefined && { user }),
  };
}
