import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { PostgresLimits } from "../limits.ts";
import type { PostgresListener } from "../listener.ts";
import { TestCluster } from "../test-cluster.ts";
import type { TestSession } from "../test-session.ts";
import { cellsOf, fieldsOf, int16, int32, type Received, rowsOf, WireClient } from "../test-wire-client.ts";

let cluster: TestCluster;
let listener: PostgresListener;
let client: WireClient;

async function open(limits: Partial<PostgresLimits> = {}): Promise<void> {
  cluster = await TestCluster.open();
  const listening = await cluster.listen({ limits });
  listener = listening.listener;
  client = await WireClient.login(listening.port);
}

beforeEach(() => open());
afterEach(async () => {
  client.destroy();
  await listener.close(0);
  cluster.close();
});

const session = (): TestSession => {
  const found = cluster.sessions[0];
  if (found === undefined) throw new Error("no session");
  return found;
};

const word = (messages: readonly Received[]): string => messages.map((message) => message.type).join("");
const errorIn = (messages: readonly Received[]): Readonly<Record<string, string>> =>
  fieldsOf(messages.find((message) => message.type === "E"));
const tagsIn = (messages: readonly Received[]): readonly string[] =>
  messages
    .filter((message) => message.type === "C")
    .map((message) => message.body.toString("utf8", 0, message.body.length - 1));
const stateOf = (messages: readonly Received[]): string => messages.at(-1)?.body.toString() ?? "";

async function query(text: string): Promise<readonly Received[]> {
  client.query(text);
  return await client.until("Z");
}

describe("simple queries", () => {
  it("answer with rows", async () => {
    const messages = await query("select 1 as a, null as b, 'häß' as c");
    expect(word(messages)).toBe("TDCZ");
    expect(rowsOf(messages)).toEqual([["1", null, "häß"]]);
    expect(tagsIn(messages)).toEqual(["SELECT"]);
    expect(stateOf(messages)).toBe("I");
  });

  it("run scripts one statement after another, and tell of the last when all is done", async () => {
    const messages = await query("create table t(a int); insert into t values (1), (2); select a from t; ");
    expect(word(messages)).toBe("CCTDDCZ");
    expect(tagsIn(messages)).toEqual(["CREATE 0 0", "INSERT 0 2", "SELECT"]);
    expect(session().calls.at(-1)).toBe("sync");
  });

  it("stop at an error, which undoes the script", async () => {
    await query("create table t(a int)");
    const failed = await query("insert into t values (1); selec; insert into t values (2)");
    expect(word(failed)).toBe("CEZ");
    expect(errorIn(failed)).toMatchObject({ S: "ERROR", C: "42601" });
    expect(stateOf(failed)).toBe("I");
    expect(rowsOf(await query("select count(*) from t"))).toEqual([["0"]]);
  });

  it("count an error's position in characters of what was sent", async () => {
    const failed = await query("select '😀😀'; selec 1");
    // The test's session says 2 within the second statement.
    expect(errorIn(failed)["P"]).toBe("16");
  });

  it("know empty queries", async () => {
    expect(word(await query(""))).toBe("IZ");
    expect(word(await query(" ; "))).toBe("IZ");
  });

  it("show the state of the transaction", async () => {
    expect(stateOf(await query("begin"))).toBe("T");
    expect(stateOf(await query("selec"))).toBe("E");
    expect(errorIn(await query("select 1"))["C"]).toBe("25P02");
    const end = await query("commit");
    expect([tagsIn(end), stateOf(end)]).toEqual([["ROLLBACK"], "I"]);
  });

  it("have no parameters", async () => {
    expect(errorIn(await query("select $1::int"))).toMatchObject({
      C: "42P02",
      M: "there is no parameter $1",
    });
  });

  it("fail in the midst of their rows", async () => {
    const messages = await query(
      "select case when i = 900000 then error('boom')::int else 1 end from range(1000000) r(i)",
    );
    expect([messages[0]?.type, messages[1]?.type]).toEqual(["T", "D"]);
    expect(word(messages.slice(-2))).toBe("EZ");
    expect(messages.length).toBeLessThan(1_000_000);
    expect(rowsOf(await query("select 1"))).toEqual([["1"]]);
  });

  it("tell of notices and settings", async () => {
    const messages = await query(
      "notice x; set TimeZone to 'Europe/Berlin'; select timestamptz '2024-07-01 00:00:00+00'",
    );
    expect(word(messages)).toBe("NCSCTDCZ");
    expect(fieldsOf(messages[0])).toMatchObject({ S: "NOTICE", C: "00000", M: "notice x" });
    expect(messages[2]?.body.toString()).toBe("TimeZone\0Europe/Berlin\0");
    expect(rowsOf(messages)).toEqual([["2024-07-01 02:00:00+02"]]);
  });

  it("must end with a zero byte", async () => {
    client.send("Q", Buffer.from("select 1"));
    const messages = await client.until("Z");
    expect(errorIn(messages)["C"]).toBe("08P01");
  });
});

describe("extended queries", () => {
  it("parse, describe, bind and execute", async () => {
    client.parse("s", "select $1 + 1 as n, $2::varchar as t", [23, 0]);
    client.describe("S", "s");
    client.bind("p", "s", [int32(41), "x"], [1, 0], [1, 0]);
    client.describe("P", "p");
    client.execute("p");
    client.sync();
    const messages = await client.until("Z");
    expect(word(messages)).toBe("1tT2TDCZ");
    expect(messages[1]?.body).toEqual(Buffer.concat([int16(2), int32(23), int32(1043)]));
    const row = messages.find((message) => message.type === "D");
    expect(row && cellsOf(row)).toEqual([int32(42), Buffer.from("x")]);
    expect(session().calls.slice(-2)).toEqual(["execute select $1 + 1 as n, $2::varchar as t", "sync"]);
  });

  it("give no rows where there are none", async () => {
    client.parse("", "create table t(a int)");
    client.describe("S", "");
    client.bind("", "");
    client.describe("P", "");
    client.execute("");
    client.sync();
    expect(await client.typesUntil("Z")).toBe("1tn2nCZ");
  });

  it("know empty statements", async () => {
    client.parse("", " ");
    client.bind("", "");
    client.describe("P", "");
    client.execute("");
    client.sync();
    expect(await client.typesUntil("Z")).toBe("12nIZ");
  });

  it("give rows in portions", async () => {
    await query("begin");
    client.parse("", "select i from range(5) r(i)");
    client.bind("p", "");
    client.execute("p", 2);
    client.sync();
    const first = await client.until("Z");
    expect([word(first), rowsOf(first)]).toEqual(["12DDsZ", [["0"], ["1"]]]);
    // The portal goes on after other statements, the unnamed one among them.
    client.parse("", "select 7");
    client.bind("", "");
    client.execute("");
    client.execute("p", 2);
    client.execute("p", 2);
    client.sync();
    const second = await client.until("Z");
    expect([word(second), rowsOf(second)]).toEqual(["12DCDDsDCZ", [["7"], ["2"], ["3"], ["4"]]]);
    expect(tagsIn(second)).toEqual(["SELECT", "SELECT"]);
    expect(session().calls).toContain("execute select i from range(5) r(i) held");
    await query("commit");
    client.execute("p");
    client.sync();
    expect(errorIn(await client.until("Z"))).toMatchObject({ C: "34000", M: 'portal "p" does not exist' });
  });

  it("end their portals with the implicit transaction", async () => {
    client.parse("", "select i from range(10000) r(i)");
    client.bind("", "");
    client.execute("", 3);
    client.sync();
    await client.until("Z");
    expect(session().openResults).toBe(0);
    client.execute("");
    client.sync();
    expect(errorIn(await client.until("Z"))["C"]).toBe("34000");
  });

  it("do nothing after an error until Sync", async () => {
    client.parse("", "selec");
    client.bind("", "");
    client.execute("");
    client.query("select 1");
    client.send("F", Buffer.alloc(4));
    client.sync();
    const messages = await client.until("Z");
    expect(word(messages)).toBe("EZ");
    expect(rowsOf(await query("select 2"))).toEqual([["2"]]);
  });

  it("send what is there at Flush", async () => {
    client.parse("", "select 1");
    client.send("H");
    expect((await client.next())?.type).toBe("1");
    client.describe("S", "missing");
    // An error does not wait for Flush or Sync.
    expect(fieldsOf(await client.next())).toMatchObject({ C: "26000" });
  });
});

describe("errors of the extended protocol", () => {
  const cases: readonly [string, (c: WireClient) => void, string, RegExp][] = [
    ["an unknown statement", (c) => c.bind("", "x"), "26000", /prepared statement "x" does not exist/],
    ["no unnamed statement", (c) => c.describe("S", ""), "26000", /unnamed prepared statement/],
    ["an unknown portal", (c) => c.execute("x"), "34000", /portal "x" does not exist/],
    ["two statements", (c) => c.parse("", "select 1; select 2"), "42601", /multiple commands/],
    [
      "a name that is taken",
      (c) => [c.parse("a", "select 1"), c.parse("a", "select 1")],
      "42P05",
      /"a" already exists/,
    ],
    [
      "a missing parameter",
      (c) => [c.parse("", "select $1::int"), c.bind("", "")],
      "08P01",
      /supplies 0 parameters/,
    ],
    [
      "formats too many",
      (c) => [c.parse("", "select 1"), c.bind("", "", [], [], [0, 0])],
      "08P01",
      /2 result formats but 1 columns/,
    ],
    [
      "a format that does not exist",
      (c) => [c.parse("", "select 1"), c.bind("", "", [], [], [2])],
      "22023",
      /format code: 2/,
    ],
    [
      "binary of a wrong length",
      (c) => [c.parse("", "select $1", [23]), c.bind("", "", [Buffer.of(1)], [1])],
      "22P03",
      /bind parameter 1/,
    ],
    [
      "text that is not UTF-8",
      (c) => [c.parse("", "select $1", [25]), c.bind("", "", [Buffer.of(0xff)])],
      "22021",
      /UTF8/,
    ],
    [
      "a portal that is open",
      (c) => [c.parse("", "select 1"), c.bind("p", ""), c.bind("p", "")],
      "42P03",
      /"p" already exists/,
    ],
    ["a truncated Bind", (c) => c.send("B", Buffer.from("\0\0\0")), "08P01", /insufficient data/],
    [
      "a Bind of negative lengths",
      (c) => c.send("B", Buffer.concat([Buffer.from("\0\0"), int16(0), int16(1), int32(-7)])),
      "08P01",
      /insufficient data/,
    ],
    [
      "a Parse that goes on",
      (c) => c.send("P", Buffer.from("\0select 1\0\0\0more")),
      "08P01",
      /invalid message format/,
    ],
    ["Describe of something else", (c) => c.send("D", Buffer.from("X\0")), "08P01", /subtype "X"/],
  ];

  it.each(cases)("%s", async (_name, act, code, message) => {
    act(client);
    client.sync();
    const error = errorIn(await client.until("Z"));
    expect(error["C"]).toBe(code);
    expect(error["M"]).toMatch(message);
    expect(session().calls).toContain("fail");
    expect(rowsOf(await query("select 1"))).toEqual([["1"]]);
  });

  it("fail the transaction though the session has not seen them", async () => {
    await query("begin");
    client.bind("", "missing");
    client.sync();
    expect(stateOf(await client.until("Z"))).toBe("E");
  });
});

describe("other messages", () => {
  it("closes statements and portals, there or not", async () => {
    client.parse("s", "select 1");
    client.bind("p", "s");
    client.send("C", Buffer.from("Pp\0"));
    client.send("C", Buffer.from("Pp\0"));
    client.bind("q", "s");
    client.send("C", Buffer.from("Ss\0"));
    client.execute("q");
    client.sync();
    const messages = await client.until("Z");
    expect(word(messages)).toBe("123323EZ");
    expect(errorIn(messages)["M"]).toBe('portal "q" does not exist');
  });

  it("refuses calls of functions", async () => {
    client.send("F", Buffer.alloc(8));
    const messages = await client.until("Z");
    expect([word(messages), errorIn(messages)["C"]]).toEqual(["EZ", "0A000"]);
  });

  it("lets the rest of a COPY pass", async () => {
    for (const type of ["d", "c", "f"]) client.send(type, Buffer.from("x\0"));
    expect(rowsOf(await query("select 1"))).toEqual([["1"]]);
  });

  it("ends at a message that does not exist", async () => {
    client.send("!", Buffer.alloc(0));
    const messages = await client.until("-");
    expect(errorIn(messages)).toMatchObject({ S: "FATAL", C: "08P01" });
    expect(session().calls.at(-1)).toBe("close");
  });

  it("ends at Terminate without a word", async () => {
    client.send("X");
    expect(await client.typesUntil("-")).toBe("");
    expect(session().calls.at(-1)).toBe("close");
  });
});

describe("limits", () => {
  afterEach(() => open());

  it("on statements, portals and their bytes", async () => {
    client.destroy();
    await listener.close(0);
    await open({
      maxPreparedStatements: 2,
      maxPortals: 1,
      maxPreparedBytes: 2_000,
      maxStatementBytes: 1_500,
    });
    for (const name of ["a", "b", "c"]) client.parse(name, "select 1");
    client.sync();
    expect(errorIn(await client.until("Z"))["M"]).toBe("too many prepared statements: a connection keeps 2");
    client.bind("p", "a");
    client.bind("q", "a");
    client.sync();
    expect(errorIn(await client.until("Z"))["M"]).toBe("too many portals: a connection keeps 1");
    client.parse("", `select '${"x".repeat(1_600)}'`);
    client.sync();
    expect(errorIn(await client.until("Z"))).toMatchObject({ C: "54000" });
    client.send("C", Buffer.from("Sb\0"));
    client.parse("b", `select '${"x".repeat(1_200)}'`);
    client.parse("", `select '${"x".repeat(1_200)}'`);
    client.sync();
    expect(errorIn(await client.until("Z"))["M"]).toMatch(/too many bytes/);
  });
});
