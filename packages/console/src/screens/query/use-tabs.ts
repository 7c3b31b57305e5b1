import { useCallback, useEffect, useState } from "react";
import { useSearchParams } from "react-router";
import {
  closeTab,
  loadTabs,
  newTab,
  openLinked,
  type QueryKind,
  type QueryTab,
  storeTabs,
  type TabsState,
} from "./tabs.ts";

const storeAfterMs = 400;

export interface Tabs extends TabsState {
  readonly current: QueryTab;
  choose(id: string): void;
  open(kind: QueryKind, given?: Partial<QueryTab>): void;
  close(id: string): void;
  change(change: Partial<QueryTab>): void;
}

/** The tabs of this browser. The address names the one that is seen, and may bring a statement. */
export function useTabs(): Tabs {
  const [params, setParams] = useSearchParams();
  const [state, setState] = useState(() => opened(loadTabs(localStorage), params));
  const { tabs, active } = state;
  useEffect(() => {
    const timer = setTimeout(() => storeTabs(localStorage, tabs), storeAfterMs);
    return () => clearTimeout(timer);
  }, [tabs]);
  // A link that comes while the editor is open, such as one of the commands or another screen.
  useEffect(() => {
    if (params.has("sql")) setState((before) => opened(before, params));
  }, [params]);
  useEffect(() => {
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        for (const name of ["sql", "kind", "cluster", "database", "user"]) next.delete(name);
        next.set("tab", active);
        return next;
      },
      { replace: true },
    );
  }, [active, setParams]);
  return {
    ...state,
    current: tabs.find(({ id }) => id === active) ?? tabs[0] ?? newTab("redshift", []),
    choose: useCallback((id: string) => setState((before) => ({ ...before, active: id })), []),
    open: useCallback((kind: QueryKind, given: Partial<QueryTab> = {}) => {
      setState((before) => {
        const tab = newTab(kind, before.tabs, given);
        return { tabs: [...before.tabs, tab], active: tab.id };
      });
    }, []),
    close: useCallback((id: string) => setState((before) => closeTab(before, id)), []),
    change: useCallback((change: Partial<QueryTab>) => {
      setState((before) => ({
        ...before,
        tabs: before.tabs.map((tab) => (tab.id === before.active ? { ...tab, ...change } : tab)),
      }));
    }, []),
  };
}

function opened(state: TabsState, params: URLSearchParams): TabsState {
  const text = params.get("sql");
  if (text !== null) {
    const given = Object.fromEntries(
      ["cluster", "database", "user"].flatMap((name) => {
        const value = params.get(name);
        return value === null ? [] : [[name, value]];
      }),
    );
    return openLinked(state, params.get("kind") === "flink" ? "flink" : "redshift", { ...given, text });
  }
  const active = params.get("tab");
  return state.tabs.some(({ id }) => id === active) && active !== null ? { ...state, active } : state;
}

/** Leads to the editor with this tab's statement. */
export function linkOf(origin: string, tab: QueryTab): string {
  const params = new URLSearchParams({ kind: tab.kind, sql: tab.text });
  for (const name of ["cluster", "database", "user"] as const) {
    const value = tab[name];
    if (value !== undefined) params.set(name, value);
  }
  return `${origin}/_millrace/console/query?${params}`;
}
