import { useMediaQuery } from "@mantine/hooks";
import { type ReactNode, useState } from "react";
import { Page } from "../../ui/page.tsx";
import { EditorActions } from "./editor-actions.tsx";
import { HistoryDrawer } from "./history-drawer.tsx";
import { RedshiftTab } from "./redshift-tab.tsx";
import { StreamTab } from "./stream-tab.tsx";
import { StudioGate } from "./studio/studio-gate.tsx";
import type { TabProps } from "./tab-props.ts";
import { TabStrip } from "./tab-strip.tsx";
import type { QueryTab } from "./tabs.ts";
import { useRunners } from "./use-runners.ts";
import { useTabs } from "./use-tabs.ts";

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
  const common: TabProps = { tab: current, onChange: tabs.change, hasSide, strip };
  return (
    <Page
      title="Query editor"
      fills
      actions={
        <EditorActions
          hasSide={hasSide}
          onToggleSide={() => setSide(!hasSide)}
          onHistory={() => setHistoryOpen(true)}
        />
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
