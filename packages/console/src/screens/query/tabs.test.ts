import { expect, it } from "vitest";
import { closeTab, loadTabs, newTab, openLinked, storeTabs } from "./tabs.ts";

function storage(text: string | null): Pick<Storage, "getItem" | "setItem"> & { text: string | null } {
  return {
    text,
    getItem() {
      return this.text;
    },
    setItem(_key, value) {
      this.text = value;
    },
  };
}

it("tabs are kept without what is secret in them", () => {
  const kept = storage(null);
  const tab = newTab("redshift", [], { text: "create user a password 'Abc12345'", user: "awsuser" });
  storeTabs(kept, [tab]);
  expect(kept.text).not.toContain("Abc12345");
  expect(loadTabs(kept).tabs).toEqual([{ ...tab, text: "create user a password '***'" }]);
});

it.each([null, "{", "[]", "5", '[{"id":1}]', '[{"id":"a","name":"b","text":"c","kind":"mysql"}]'])(
  "what was kept as %s leads to a first tab",
  (text) => {
    const { tabs, active } = loadTabs(storage(text));
    expect(tabs).toHaveLength(1);
    expect(active).toBe(tabs[0]?.id);
  },
);

it("names count on, and closing goes to the neighbour", () => {
  const first = newTab("redshift", []);
  const second = newTab("redshift", [first]);
  const third = newTab("flink", [first, second]);
  expect([first.name, second.name, third.name]).toEqual(["Query 1", "Query 2", "Stream 1"]);
  const closed = closeTab({ tabs: [first, second, third], active: second.id }, second.id);
  expect(closed).toEqual({ tabs: [first, third], active: third.id });
  expect(closeTab({ tabs: [first], active: first.id }, first.id).tabs).toHaveLength(1);
});

it("a linked statement is opened once", () => {
  const state = loadTabs(storage(null));
  const opened = openLinked(state, "redshift", { text: "select 7", cluster: "sales" });
  expect(opened.tabs).toHaveLength(2);
  expect(opened.tabs[1]).toMatchObject({ text: "select 7", cluster: "sales", id: opened.active });
  expect(openLinked(opened, "redshift", { text: "select 7" }).tabs).toHaveLength(2);
  expect(openLinked(opened, "redshift", { text: "select 7", cluster: "hr" }).tabs).toHaveLength(3);
});
