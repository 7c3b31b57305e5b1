import { useEffect, useMemo, useRef } from "react";
import { useConsole } from "../../api/console-context.tsx";
import { remember } from "./history.ts";
import type { Runner } from "./run-state.ts";
import { ApplicationPage } from "./studio/studio-api.ts";
import { studioName } from "./studio/studio-application.ts";
import { StudioRunner } from "./studio/studio-runner.ts";
import type { QueryTab } from "./tabs.ts";
import { WarehouseRunner } from "./warehouse/warehouse-runner.ts";

/** What runs the statements of each tab, for as long as the editor is open. */
export interface Runners {
  of(tab: QueryTab): Runner;
  /** Nobody will look at its results any more. */
  close(tab: QueryTab): void;
}

export function useRunners(): Runners {
  const { clients } = useConsole();
  const made = useRef(new Map<string, Runner>());
  // Other credentials are other sessions.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the runners of other clients are not used any more.
  useEffect(() => {
    const runners = made.current;
    return () => {
      for (const runner of runners.values()) runner.leave();
      runners.clear();
    };
  }, [clients]);
  return useMemo(() => {
    const page = new ApplicationPage(
      () => clients.get("kinesis-analytics-v2"),
      studioName,
      "ZEPPELIN_UI_URL",
    );
    const of = (tab: QueryTab): Runner => {
      const key = `${tab.kind} ${tab.id}`;
      const known = made.current.get(key);
      if (known !== undefined) return known;
      const runner =
        tab.kind === "redshift"
          ? new WarehouseRunner(() => clients.get("redshift-data"))
          : new StudioRunner(page, `console ${tab.id}`);
      runner.store.onEnd((runs) => remember(localStorage, tab.kind, runs));
      made.current.set(key, runner);
      return runner;
    };
    return {
      of,
      close(tab) {
        const key = `${tab.kind} ${tab.id}`;
        const runner = made.current.get(key);
        made.current.delete(key);
        void runner?.dispose();
      },
    };
  }, [clients]);
}
