import { withoutSecrets } from "./sql/secrets.ts";

export type QueryKind = "redshift" | "flink";

/** One statement, or several, that somebody works on. */
export interface QueryTab {
  readonly id: string;
  readonly name: string;
  readonly kind: QueryKind;
  readonly text: string;
  /** Of Redshift; the first there is when not given. */
  readonly cluster?: string;
  readonly database?: string;
  /** A database user; an empty text is the caller's own identity. */
  readonly user?: string;
}

export interface TabsState {
  readonly tabs: readonly QueryTab[];
  readonly active: string;
}

const storageKey = "millrace.query.tabs";
const maxTabs = 40;
const maxTextChars = 200_000;

const firstTexts: Readonly<Record<QueryKind, string>> = {
  redshift: "select * from svv_table_info;\n",
  flink:
    "DROP TEMPORARY TABLE IF EXISTS numbers;\n" +
    "CREATE TEMPORARY TABLE numbers (id INT, name STRING) WITH ('connector' = 'datagen', 'rows-per-second' = '5');\n" +
    "SELECT MOD(id, 5) AS remainder, COUNT(*) AS n FROM numbers GROUP BY MOD(id, 5);\n",
};

export function newTab(kind: QueryKind, taken: readonly QueryTab[], given: Partial<QueryTab> = {}): QueryTab {
  const word = kind === "redshift" ? "Query" : "Stream";
  let number = 1;
  while (taken.some(({ name }) => name === `${word} ${number}`)) number++;
  return { id: freshId(taken), name: `${word} ${number}`, kind, text: firstTexts[kind], ...given };
}

function freshId(taken: readonly QueryTab[]): string {
  let id: string;
  do id = Math.random().toString(36).slice(2, 10);
  while (taken.some((tab) => tab.id === id));
  return id;
}

/** What an earlier visit has left, or a first tab. */
export function loadTabs(storage: Pick<Storage, "getItem">): TabsState {
  const tabs = storedTabs(storage.getItem(storageKey));
  const first = tabs[0] ?? newTab("redshift", []);
  return { tabs: tabs.length === 0 ? [first] : tabs, active: first.id };
}

function storedTabs(text: string | null): readonly QueryTab[] {
  try {
    const value: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(value) ? (value as readonly unknown[]).filter(isTab).slice(0, maxTabs) : [];
  } catch {
    return [];
  }
}

/** Keys and passwords are not kept. */
export function storeTabs(storage: Pick<Storage, "setItem">, tabs: readonly QueryTab[]): void {
  const kept = tabs
    .slice(0, maxTabs)
    .map((tab) => ({ ...tab, text: withoutSecrets(tab.text).slice(0, maxTextChars) }));
  storage.setItem(storageKey, JSON.stringify(kept));
}

function isTab(value: unknown): value is QueryTab {
  if (typeof value !== "object" || value === null) return false;
  const fields = value as Readonly<Record<string, unknown>>;
  return (
    ["id", "name", "text"].every((name) => typeof fields[name] === "string") &&
    ["cluster", "database", "user"].every((name) => ["string", "undefined"].includes(typeof fields[name])) &&
    (fields["kind"] === "redshift" || fields["kind"] === "flink")
  );
}

/** The state without a tab; the one beside it becomes the active one. */
export function closeTab({ tabs, active }: TabsState, id: string): TabsState {
  const index = tabs.findIndex((tab) => tab.id === id);
  const left = tabs.filter((tab) => tab.id !== id);
  const kept = left.length === 0 ? [newTab("redshift", [])] : left;
  const neighbour = kept[Math.min(Math.max(index, 0), kept.length - 1)]?.id ?? "";
  return { tabs: kept, active: active === id ? neighbour : active };
}

/** Whether a tab's statement would run where a link says, if it says so. */
function isAt(tab: QueryTab, given: Partial<QueryTab>): boolean {
  return (["cluster", "database", "user"] as const).every(
    (name) => given[name] === undefined || tab[name] === given[name],
  );
}

/** A statement that came by a link is opened in the tab that has it already, or in a new one. */
export function openLinked(state: TabsState, kind: QueryKind, given: Partial<QueryTab>): TabsState {
  const known = state.tabs.find((tab) => tab.kind === kind && tab.text === given.text && isAt(tab, given));
  if (known !== undefined) return { ...state, active: known.id };
  const tab = newTab(kind, state.tabs, given);
  return { tabs: [...state.tabs, tab].slice(-maxTabs), active: tab.id };
}
