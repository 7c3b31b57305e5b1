import {
  Alert,
  Button,
  Center,
  Code,
  Group,
  Loader,
  Menu,
  SegmentedControl,
  Tabs,
  Text,
} from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconAlertTriangle, IconCopy, IconDownload } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { durationText } from "../../../ui/format.ts";
import type { Run, RunnerState } from "../run-state.ts";
import { isExplain } from "../sql/statements.ts";
import { download } from "./download.ts";
import { PlanView } from "./plan-view.tsx";
import { ResultChart } from "./result-chart.tsx";
import { ResultGrid } from "./result-grid.tsx";
import classes from "./result-panel.module.css";
import { csvOf, jsonOf, type ResultTable, tabbed } from "./result-table.ts";

type View = "rows" | "chart";

/** What the statements of a tab answered, one at a time. */
export function ResultPanel({ state }: { readonly state: RunnerState }): ReactNode {
  const [chosen, setChosen] = useState<{ readonly of: number; readonly index: number } | undefined>();
  const { runs } = state;
  const turn = runs[0]?.startedAt ?? 0;
  const latest = latestOf(runs);
  const index = chosen?.of === turn && chosen.index < runs.length ? chosen.index : latest;
  const run = runs[index];
  if (run === undefined)
    return (
      <Center className={classes["frame"] ?? ""}>
        <Text size="sm" c="dimmed">
          {state.preparing ?? "Rows are shown here. Ctrl Enter runs what is selected, or all of it."}
        </Text>
      </Center>
    );
  return (
    <div className={classes["frame"]}>
      {runs.length > 1 && (
        <SegmentedControl
          size="xs"
          mb="xs"
          aria-label="Statements"
          style={{ alignSelf: "flex-start", maxWidth: "100%", overflowX: "auto" }}
          data={runs.map((one, i) => ({ value: `${i}`, label: `${i + 1} ${marks[one.status]}` }))}
          value={`${index}`}
          onChange={(value) => setChosen({ of: turn, index: Number(value) })}
        />
      )}
      <RunView run={run} />
    </div>
  );
}

const marks: Readonly<Record<Run["status"], string>> = {
  ...{ waiting: "…", running: "▸", finished: "✓", failed: "✗", stopped: "■" },
};

/** The one that runs or failed, else the last one with rows, else the last. */
function latestOf(runs: readonly Run[]): number {
  const notable = runs.findIndex(({ status }) => status === "running" || status === "failed");
  if (notable >= 0) return notable;
  const withRows = runs.findLastIndex(({ table }) => table !== undefined);
  return withRows >= 0 ? withRows : runs.length - 1;
}

function RunView({ run }: { readonly run: Run }): ReactNode {
  const { table, statement } = run;
  const lines = table !== undefined && isExplain(statement.text) ? planLines(table) : undefined;
  const [view, setView] = useState<View>("rows");
  const shown = lines !== undefined ? "plan" : table === undefined ? "rows" : view;
  return (
    <Tabs
      variant="outline"
      keepMounted={false}
      value={shown}
      onChange={(value) => setView(value === "chart" ? "chart" : "rows")}
      className={classes["tabs"] ?? ""}
    >
      <Group justify="space-between" wrap="nowrap" gap="sm" mb={6}>
        <Tabs.List>
          {lines !== undefined ? (
            <Tabs.Tab value="plan">Plan</Tabs.Tab>
          ) : (
            <>
              <Tabs.Tab value="rows">Rows</Tabs.Tab>
              <Tabs.Tab value="chart" disabled={table === undefined}>
                Chart
              </Tabs.Tab>
            </>
          )}
        </Tabs.List>
        <Group gap="xs" wrap="nowrap" miw={0}>
          <Text size="xs" c="dimmed" truncate role="status">
            {summaryOf(run)}
          </Text>
          {table !== undefined && <Exports table={table} />}
        </Group>
      </Group>
      {lines !== undefined && (
        <Tabs.Panel value="plan" className={classes["panel"] ?? ""}>
          <PlanView lines={lines} />
        </Tabs.Panel>
      )}
      <Tabs.Panel value="rows" className={classes["panel"] ?? ""}>
        <Rows run={run} />
      </Tabs.Panel>
      <Tabs.Panel value="chart" className={classes["panel"] ?? ""}>
        {table !== undefined && <ResultChart table={table} />}
      </Tabs.Panel>
    </Tabs>
  );
}

function Rows({ run }: { readonly run: Run }): ReactNode {
  const { table, status, message } = run;
  if (status === "failed")
    return (
      <Alert color="red" icon={<IconAlertTriangle />} title="The statement failed">
        <Code block bg="transparent" p={0}>
          {message}
        </Code>
      </Alert>
    );
  if (table !== undefined && table.columns.length > 0)
    return (
      <>
        {status !== "running" && message !== undefined && (
          <Text size="xs" c="dimmed" mb={4}>
            {message.replaceAll("Done.\n", "").replace(/^Done\.$/, "")}
          </Text>
        )}
        <ResultGrid table={table} />
      </>
    );
  if (status === "running" || status === "waiting")
    return (
      <Center py="lg">
        {message === undefined ? <Loader size="sm" /> : <Text size="sm">{message}</Text>}
      </Center>
    );
  return (
    <Text size="sm" py="sm" style={{ whiteSpace: "pre-wrap" }}>
      {message ?? (status === "stopped" ? "It was stopped." : "Done.")}
    </Text>
  );
}

function Exports({ table }: { readonly table: ResultTable }): ReactNode {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button size="compact-xs" variant="default" leftSection={<IconDownload size={13} />}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => download("result.csv", "text/csv", csvOf(table))}>CSV</Menu.Item>
        <Menu.Item onClick={() => download("result.json", "application/json", jsonOf(table))}>JSON</Menu.Item>
        <Menu.Item leftSection={<IconCopy size={14} />} onClick={() => void copyAll(table)}>
          Copy for a spreadsheet
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

async function copyAll(table: ResultTable): Promise<void> {
  await navigator.clipboard.writeText(tabbed(table));
  notifications.show({ message: `${table.rows.length} rows are copied.`, autoClose: 2_000 });
}

/** `1,000 of 25,000 rows · 12 ms` */
function summaryOf(run: Run): string {
  const { table, durationMs, changedRows, changes, status } = run;
  const parts: string[] = [];
  if (status === "running") parts.push("running");
  if (table !== undefined) {
    const shown = table.rows.length.toLocaleString("en-US");
    const all = table.totalRows.toLocaleString("en-US");
    parts.push(table.totalRows > table.rows.length ? `first ${shown} of ${all} rows` : `${shown} rows`);
  }
  if (changes !== undefined) parts.push(`${changes.toLocaleString("en-US")} changes`);
  if (changedRows !== undefined) parts.push(`${changedRows.toLocaleString("en-US")} rows changed`);
  if (durationMs !== undefined) parts.push(durationText(durationMs));
  return parts.join(" · ");
}

function planLines(table: ResultTable): readonly string[] {
  return table.rows.map(([line]) => String(line ?? ""));
}
