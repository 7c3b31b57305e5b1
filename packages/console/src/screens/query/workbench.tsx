import type { SQLNamespace } from "@codemirror/lang-sql";
import { Button, Center, CopyButton, Group, Loader, Tooltip } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconLink, IconPlayerPlay, IconPlayerStop, IconRestore } from "@tabler/icons-react";
import { lazy, type ReactNode, type RefObject, Suspense, useMemo, useSyncExternalStore } from "react";
import type { EditorHandle } from "./editor/query-editor.tsx";
import classes from "./editor-page.module.css";
import { ResultPanel } from "./result/result-panel.tsx";
import type { Runner, RunnerState } from "./run-state.ts";
import { placeOfError, type TextRange } from "./sql/error-place.ts";
import type { QueryTab } from "./tabs.ts";
import { linkOf } from "./use-tabs.ts";

const QueryEditor = lazy(async () => ({ default: (await import("./editor/query-editor.tsx")).QueryEditor }));

export interface WorkbenchProps {
  readonly tab: QueryTab;
  readonly runner: Runner;
  /** What a new session does not know any more. */
  readonly forgets: string;
  readonly strip: ReactNode;
  /** Beside the buttons: where statements run. */
  readonly place: ReactNode;
  /** More buttons. */
  readonly actions?: ReactNode;
  readonly side: ReactNode;
  readonly names: SQLNamespace;
  readonly handle: RefObject<EditorHandle | undefined>;
  readonly onText: (text: string) => void;
  readonly onRun: () => void;
  readonly onStop: () => void;
  readonly canRun: boolean;
}

/** A text, the buttons that run it, and what came of it. */
export function Workbench(props: WorkbenchProps): ReactNode {
  const { tab, side } = props;
  const { store } = props.runner;
  const state = useSyncExternalStore(store.subscribe, store.snapshot);
  const error = useMemo(() => errorRange(state, tab.text), [state, tab.text]);
  return (
    <div className={classes["layout"]} data-wide={side === undefined || undefined}>
      {side !== undefined && <aside className={classes["side"]}>{side}</aside>}
      <div className={classes["main"]}>
        {props.strip}
        <Group gap="xs" justify="space-between" wrap="wrap">
          <Group gap={6} wrap="nowrap">
            <RunButton {...props} isRunning={state.isRunning} />
            {props.actions}
            <NewSession runner={props.runner} forgets={props.forgets} />
          </Group>
          <Group gap={6} wrap="nowrap">
            {props.place}
            <CopyLink tab={tab} />
          </Group>
        </Group>
        <div className={classes["editor"]}>
          <Suspense
            fallback={
              <Center h="100%">
                <Loader size="sm" />
              </Center>
            }
          >
            <QueryEditor
              kind={tab.kind}
              value={tab.text}
              onChange={props.onText}
              onRun={props.onRun}
              names={props.names}
              error={error}
              handle={props.handle}
            />
          </Suspense>
        </div>
        <ResultPanel state={state} />
      </div>
    </div>
  );
}

function RunButton(props: WorkbenchProps & { readonly isRunning: boolean }): ReactNode {
  if (props.isRunning)
    return (
      <Button size="xs" color="red" w={84} leftSection={<IconPlayerStop size={14} />} onClick={props.onStop}>
        Stop
      </Button>
    );
  return (
    <Tooltip label="What is selected, or all of it (Ctrl Enter)" position="bottom">
      <Button
        size="xs"
        w={84}
        leftSection={<IconPlayerPlay size={14} />}
        disabled={!props.canRun}
        onClick={props.onRun}
      >
        Run
      </Button>
    </Tooltip>
  );
}

function NewSession({ runner, forgets }: Pick<WorkbenchProps, "runner" | "forgets">): ReactNode {
  const begin = (): void =>
    void runner
      .startAnew()
      .then(() =>
        notifications.show({ message: "The next statement begins a new session.", autoClose: 3_000 }),
      )
      .catch((error: unknown) =>
        notifications.show({ color: "red", message: error instanceof Error ? error.message : String(error) }),
      );
  return (
    <Tooltip label={`New session: forgets ${forgets}`} position="bottom">
      <Button size="xs" variant="default" px={8} aria-label="New session" onClick={begin}>
        <IconRestore size={15} />
      </Button>
    </Tooltip>
  );
}

function CopyLink({ tab }: { readonly tab: QueryTab }): ReactNode {
  return (
    <CopyButton value={linkOf(globalThis.location.origin, tab)}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? "Copied" : "Copy a link to this statement"}>
          <Button
            size="xs"
            variant="default"
            px={8}
            aria-label="Copy a link to this statement"
            onClick={copy}
          >
            <IconLink size={15} color={copied ? "teal" : "currentColor"} />
          </Button>
        </Tooltip>
      )}
    </CopyButton>
  );
}

/** Where in the text the statement that failed is wrong, as long as it stands where it was run. */
function errorRange({ runs }: RunnerState, text: string): TextRange | undefined {
  const failed = runs.find(({ status }) => status === "failed");
  if (failed?.message === undefined) return undefined;
  const { statement } = failed;
  if (text.slice(statement.start, statement.start + statement.text.length) !== statement.text)
    return undefined;
  const range = placeOfError(failed.message, statement.text);
  return range && { from: statement.start + range.from, to: statement.start + range.to };
}
