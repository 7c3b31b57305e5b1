import { describe, expect, test } from "vitest";
import { failure, outline } from "./test-statement.ts";

describe("transactions", () => {
  test.each([
    ["begin", { kind: "begin", tag: "BEGIN" }],
    ["begin work isolation level serializable, read only", { isolation: "serializable", readOnly: true }],
    [
      "start transaction read write isolation level read uncommitted",
      { tag: "START TRANSACTION", isolation: "read uncommitted" },
    ],
    ["begin isolation level repeatable read", { isolation: "repeatable read" }],
    ["commit work", { kind: "commit" }],
    ["end transaction", { kind: "commit" }],
    ["rollback", { kind: "rollback" }],
    ["abort work", { kind: "rollback" }],
    [
      "set transaction isolation level read committed",
      { kind: "set-transaction", isolation: "read committed" },
    ],
    [
      "set session characteristics as transaction isolation level serializable",
      { kind: "set-transaction", session: true, isolation: "serializable" },
    ],
  ])("%s", (text, expected) => {
    expect(outline(text)).toMatchObject(expected);
  });

  test("read write is no read only", () => {
    expect(outline("begin read write")).toEqual({ kind: "begin", tag: "BEGIN" });
  });
});

describe("settings", () => {
  test.each([
    ["set search_path to '$user', public", "search_path", ["$user", "public"]],
    ["set SESSION Statement_Timeout = 10", "statement_timeout", ["10"]],
    ["set x to -1.5", "x", ["-1.5"]],
    ["set enable_case_sensitive_identifier to true", "enable_case_sensitive_identifier", ["true"]],
    ["set my.own to on", "my.own", ["on"]],
    ["set time zone 'UTC'", "timezone", ["UTC"]],
    ["set seed to .25", "seed", [".25"]],
    ["set local to 1", "local", ["1"]],
    ["set readonly=1", "readonly", ["1"]],
  ])("%s", (text, name, texts) => {
    expect(outline(text)).toMatchObject({
      kind: "set-variable",
      name,
      value: { values: texts.map((value) => ({ text: value })) },
    });
  });

  test("LOCAL, DEFAULT, RESET, SHOW", () => {
    expect(outline("set local query_group to 'x'")).toMatchObject({ name: "query_group", local: true });
    expect(outline("set session search_path to default")).toMatchObject({ value: { kind: "default" } });
    expect(outline("reset query_group")).toEqual({ kind: "reset-variable", name: "query_group" });
    expect(outline("reset all")).toEqual({ kind: "reset-variable" });
    expect(outline("show all")).toEqual({ kind: "show-variable" });
    expect(outline("show time zone")).toEqual({ kind: "show-variable", name: "timezone" });
    expect(outline("show transaction isolation level")).toMatchObject({ name: "transaction_isolation" });
    expect(outline("show session authorization")).toMatchObject({ name: "session_authorization" });
    expect(outline("show Search_Path")).toEqual({ kind: "show-variable", name: "search_path" });
  });

  test("session authorization", () => {
    expect(outline("set session authorization 'Bob'")).toEqual({
      kind: "set-session-authorization",
      user: "Bob",
    });
    expect(outline("set local session authorization default")).toEqual({
      kind: "set-session-authorization",
      local: true,
    });
    expect(outline("reset session authorization")).toEqual({ kind: "set-session-authorization" });
  });

  test("where a setting's name stands", () => {
    expect(failure("set x 1")).toBe('42601 syntax error at or near "1" @6');
    expect(failure("set x to")).toBe("42601 syntax error at end of input @8");
    expect(failure("set x to -a")).toBe('42601 syntax error at or near "a" @10');
    expect(failure("set x to 1,")).toBe("42601 syntax error at end of input @11");
    expect(failure("begin isolation level snapshot")).toBe('42601 syntax error at or near "snapshot" @22');
    expect(failure("begin read only read write")).toBe('42601 syntax error at or near "read" @16');
    expect(failure("set transaction")).toBe("42601 syntax error at end of input @15");
    expect(failure("commit prepared 'x'")).toBe('42601 syntax error at or near "prepared" @7');
  });
});

describe("cursors and prepared statements", () => {
  test.each([
    ["declare c cursor for select 1", { kind: "declare-cursor", name: "c", query: { kind: "query" } }],
    [
      "declare c cursor without hold for select 1",
      { kind: "declare-cursor", name: "c", query: { kind: "query" } },
    ],
    ["fetch forward 100 from c", { kind: "fetch", count: 100, cursor: "c" }],
    ['fetch all in "<unnamed portal 1>"', { count: "all", cursor: "<unnamed portal 1>" }],
    ["fetch next from c", { count: 1 }],
    ["fetch forward all from c", { count: "all" }],
    ["fetch forward from c", { count: 1 }],
    ["fetch 5 from c", { count: 5 }],
    ["close c", { kind: "close-cursor", name: "c" }],
    [
      "prepare p (int, varchar) as insert into t values ($1, $2)",
      {
        kind: "prepare",
        parameterTypes: [{ name: "integer" }, {}],
        statementText: "insert into t values ($1, $2)",
      },
    ],
    ["execute p (1, 'x')", { kind: "execute", name: "p", arguments: [{}, {}] }],
    ["execute p", { kind: "execute", name: "p" }],
    ["deallocate prepare p", { kind: "deallocate", name: "p" }],
  ])("%s", (text, expected) => {
    expect(outline(text)).toMatchObject(expected);
  });

  test("ALL has no name", () => {
    expect(outline("close all")).toEqual({ kind: "close-cursor" });
    expect(outline("deallocate all")).toEqual({ kind: "deallocate" });
  });

  test.each([
    ["declare c scroll cursor for select 1", '42601 syntax error at or near "scroll" @10'],
    ["declare c cursor for delete from t", '42601 syntax error at or near "delete" @21'],
    ["fetch backward 1 from c", '42601 syntax error at or near "backward" @6'],
    ["fetch c", '42601 syntax error at or near "c" @6'],
    ["prepare p as create table t (a int)", '42601 syntax error at or near "create" @13'],
    ["prepare p () as select 1", '42601 syntax error at or near ")" @11'],
    ["execute p ()", '42601 syntax error at or near ")" @11'],
  ])("%s", (text, expected) => {
    expect(failure(text)).toBe(expected);
  });
});
