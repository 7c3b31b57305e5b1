import { Select, Text } from "@mantine/core";
import { type ComponentType, type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import type { EditorHandle } from "./editor/query-editor.tsx";
import type { Runner } from "./run-state.ts";
import { FlinkSources, useGlueTables } from "./studio/flink-sources.tsx";
import { studioName } from "./studio/studio-application.ts";
import { type ResultMode, StudioRunner } from "./studio/studio-runner.ts";
import type { TabProps } from "./tab-props.ts";
import { Workbench } from "./workbench.tsx";

const modes: readonly { readonly value: ResultMode; readonly label: string }[] = [
  { value: "update", label: "table as it is" },
  { value: "append", label: "all rows that came" },
  { value: "single", label: "last row" },
];

export interface StreamTabProps extends TabProps {
  readonly runner: Runner;
  /** Shows its children once streaming SQL can run. */
  readonly gate: ComponentType<{ readonly children: ReactNode }>;
}

/** Flink SQL over streams, whose results change while one looks. */
export function StreamTab(props: StreamTabProps): ReactNode {
  const { strip, gate: Gate } = props;
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      {!isOpen && strip}
      <Gate>
        <Statements {...props} onShown={setOpen} />
      </Gate>
    </>
  );
}

function Statements(props: StreamTabProps & { readonly onShown: (isShown: boolean) => void }): ReactNode {
  const { tab, runner, onChange, onShown } = props;
  const handle = useRef<EditorHandle>(undefined);
  const [mode, setMode] = useState<ResultMode>("update");
  const glue = useGlueTables();
  const names = useMemo(
    () => Object.fromEntries(glue.map(({ name, columns }) => [name, [...columns]])),
    [glue],
  );
  useEffect(() => {
    onShown(true);
    // What runs is found again; where it cannot be, the first run says why.
    runner.resume().catch(() => {});
    return () => onShown(false);
  }, [runner, onShown]);
  useEffect(() => {
    if (runner instanceof StudioRunner) runner.as(mode);
  }, [runner, mode]);
  return (
    <Workbench
      tab={tab}
      runner={runner}
      forgets="all tables, views and functions that were defined, and stops what runs"
      strip={props.strip}
      names={names}
      handle={handle}
      canRun={tab.text.trim() !== ""}
      onText={(text) => onChange({ text })}
      onRun={() => void runner.run([handle.current?.selection() ?? { text: tab.text, start: 0 }])}
      onStop={() => void runner.stop()}
      place={
        <>
          <Text size="xs" c="dimmed">
            in the application {studioName}, shown as
          </Text>
          <Select
            size="xs"
            w={160}
            aria-label="How rows are shown"
            allowDeselect={false}
            data={[...modes]}
            value={mode}
            onChange={(value) => setMode(modes.find((one) => one.value === value)?.value ?? "update")}
          />
        </>
      }
      side={props.hasSide ? <FlinkSources onInsert={(text) => handle.current?.insert(text)} /> : undefined}
    />
  );
}
