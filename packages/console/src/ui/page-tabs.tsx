import { Tabs } from "@mantine/core";
import type { ReactNode } from "react";
import { useNavigate, useSearchParams } from "react-router";

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
    <TabFrame tabs={tabs} current={current} onChoose={choose}>
      {tabs.find(({ value }) => value === current)?.content()}
    </TabFrame>
  );
}

export interface PathTabsProps<T extends string> {
  /** The page's path: it is the first tab's, and the others' are below it. */
  readonly path: string;
  /** The names in paths, and what they are called. */
  readonly tabs: Readonly<Partial<Record<T, string>>>;
  readonly current: T;
  /** What the current one shows. */
  readonly children: ReactNode;
}

/** Tabs that have paths of their own, with `knownTab`. */
export function PathTabs<T extends string>({ path, tabs, current, children }: PathTabsProps<T>): ReactNode {
  const navigate = useNavigate();
  const named = Object.entries<string | undefined>(tabs).map(([value, label]) => ({ value, label }));
  const first = named[0]?.value;
  return (
    <TabFrame
      tabs={named}
      current={current}
      onChoose={(name) => void navigate(name === null || name === first ? path : `${path}/${name}`)}
    >
      {children}
    </TabFrame>
  );
}

/** The tab that a path names; the first one when it names none. */
export function knownTab<T extends string>(tabs: Readonly<Record<T, string>>, name: string | undefined): T {
  return (name !== undefined && Object.hasOwn(tabs, name) ? name : Object.keys(tabs)[0]) as T;
}

interface TabFrameProps {
  readonly tabs: readonly Pick<PageTab, "value" | "label">[];
  readonly current: string;
  readonly onChoose: (value: string | null) => void;
  readonly children: ReactNode;
}

function TabFrame({ tabs, current, onChoose, children }: TabFrameProps): ReactNode {
  return (
    <Tabs value={current} onChange={onChoose} keepMounted={false} style={filling}>
      <Tabs.List mb="sm">
        {tabs.map(({ value, label }) => (
          <Tabs.Tab key={value} value={value}>
            {label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel key={current} value={current} style={{ ...filling, overflow: "auto" }}>
        {children}
      </Tabs.Panel>
    </Tabs>
  );
}
