import { Tabs } from "@mantine/core";
import type { ReactNode } from "react";
import { useSearchParams } from "react-router";

export interface PageTab {
  /** In the address: `?tab=settings`. */
  readonly value: string;
  readonly label: ReactNode;
  /** Only the one that is open is drawn. */
  readonly content: () => ReactNode;
}

export interface PageTabsProps {
  readonly tabs: readonly PageTab[];
  /** The search parameter; another one for tabs within tabs. */
  readonly parameter?: string;
  /** Parameters that belong to a tab, and go with it. */
  readonly own?: readonly string[];
}

const filling = { flex: 1, minHeight: 0, display: "flex", flexDirection: "column" } as const;

/** Tabs that are linkable; each fills what is left of a page that `fills`. The first one has no parameter. */
export function PageTabs({ tabs, parameter = "tab", own = [] }: PageTabsProps): ReactNode {
  const [search, setSearch] = useSearchParams();
  const first = tabs[0]?.value ?? "";
  const asked = search.get(parameter) ?? first;
  const current = tabs.some(({ value }) => value === asked) ? asked : first;
  const choose = (value: string | null): void =>
    setSearch((before) => {
      const next = new URLSearchParams(before);
      for (const name of own) next.delete(name);
      if (value === null || value === first) next.delete(parameter);
      else next.set(parameter, value);
      return next;
    });
  return (
    <Tabs value={current} onChange={choose} keepMounted={false} style={filling}>
      <Tabs.List mb="sm">
        {tabs.map(({ value, label }) => (
          <Tabs.Tab key={value} value={value}>
            {label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {tabs.map(({ value, content }) => (
        <Tabs.Panel key={value} value={value} style={{ ...filling, overflow: "auto" }}>
          {value === current && content()}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
