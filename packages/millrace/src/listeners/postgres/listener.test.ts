import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ManualClock } from "../../core/clock.ts";
import { testCertificate } from "../../gateway/listen/test-listener.ts";
import type { PostgresListener } from "./listener.ts";
import { secretOf, TestCluster } from "./test-cluster.ts";
import type { TestSession } from "./test-session.ts";
import { fieldsOf, int32, rowsOf, WireClient } from "./test-wire-client.ts";

let cluster: TestCluster;
let listener: PostgresListener;
let port: number;
let clients: WireClient[];

async function open(options: Parameters<TestCluster["listen"]>[0] = {}): Promise<void> {
  cluster = await TestCluster.open();
  ({ listener, port } = await cluster.listen(options));
  clients = [];
}

async function connect(): Promise<WireClient> {
  const client = await WireClient.connect(port);
  clients.push(client);
  return client;
}

async function login(parameters: Readonly<Record<string, string>> = {}): Promise<WireClient> {
  const client = await WireClient.login(port, parameters);
  clients.push(client);
  return client;
}

const session = (index = 0): TestSession => {
  const found = cluster.sessions[index];
  if (found === undefined) throw new Error("no session");
  return found;
};

async function turns(until: () => boolean): Promise<void> {
  for (let turn = 0; turn < 100_000 && !until(); turn++)
    await new Promise((resolve) => setImmediate(resolve));
  expect(until()).toBe(true);
}

afterEach(async () => {
  for (const client of clients) client.destroy();
  await listener.close(0);
  cluster.close();
});

describe("start-up", () => {
  beforeEach(() => open());

  it("tells of settings, the key and that it is ready", async () => {
    const client = await connect();
    client.start({
      user: "awsuser",
      database: "dev",
      client_protocol_version: "7",
      application_name: "app",
      x: "y",
    });
    const messages = await client.until("Z");
    const settings = new Map(
      messages.filter((m) => m.type === "S").map((m) => m.body.toString().split("\0") as [string, string]),
    );
    expect(settings.get("server_version")).toBe("8.0.2");
    expect(settings.get("server_protocol_version")).toBe("2");
    expect(settings.get("client_encoding")).toBe("UTF8");
    expect(settings.get("session_authorization")).toBe("awsuser");
    expect(messages.find((m) => m.type === "K")?.body).toEqual(Buffer.concat([int32(1), int32(-7_001)]));
    expect(cluster.requests[0]).toMatchObject({ applicationName: "app", tls: false, database: "dev" });
    expect([...(cluster.requests[0]?.settings ?? [])]).toEqual([["x", "y"]]);
  });

  it("describes columns by the version that was agreed", async () => {
    const old = await login();
    old.query("select 1 as a");
    const plain = (await old.until("Z"))[0]?.body.length ?? 0;
    const client = await login({ client_protocol_version: "1" });
    client.query("select 1 as a");
    // Four empty names and the flags.
    expect((await client.until("Z"))[0]?.body.length).toBe(plain + 6);
  });

  it.each([
    [2 << 16, "EFATAL:  unsupported frontend protocol 2.0: server supports 3.0 to 3.0\n"],
    [1 << 16, "EFATAL:  unsupported frontend protocol 1.0: server supports 3.0 to 3.0\n"],
  ])("refuses version %i in its own way", async (code, answer) => {
    const client = await connect();
    client.unframed();
    client.packet(code);
    expect(await client.raw(answer.length)).toBe(answer);
    await client.closed();
  });

  it.each([
    [(3 << 16) + 2, "0A000", /unsupported frontend protocol 3.2/],
    [9 << 16, "0A000", /unsupported frontend protocol 9.0/],
  ])("refuses version %i", async (code, state, message) => {
    const client = await connect();
    client.packet(code);
    const error = fieldsOf((await client.until("-"))[0]);
    expect(error).toMatchObject({ S: "FATAL", C: state });
    expect(error["M"]).toMatch(message);
  });

  it("refuses packets that are malformed, too long or too short", async () => {
    for (const bytes of [
      Buffer.concat([int32(12), int32(196_608), Buffer.from("user")]),
      int32(10_001),
      int32(3),
      int32(-1),
    ]) {
      const client = await connect();
      client.write(bytes);
      expect(fieldsOf((await client.until("-"))[0])["C"]).toBe("08P01");
    }
  });

  it.each([
    [{ user: "awsuser", replication: "database" }, "0A000"],
    [{ user: "awsuser", idp_type: "AzureAD" }, "0A000"],
    [{ database: "dev" }, "28000"],
    [{ user: "awsuser", database: "missing" }, "3D000"],
    [{ user: "awsuser", options: "--cluster=other" }, "3D000"],
  ])("refuses %j", async (parameters, state) => {
    const client = await connect();
    client.start(parameters as Record<string, string>);
    const messages = await client.until("-");
    expect(fieldsOf(messages.find((message) => message.type === "E"))).toMatchObject({
      S: "FATAL",
      C: state,
    });
  });

  it("refuses GSSAPI and goes on without", async () => {
    const client = await connect();
    client.unframed();
    client.packet(80_877_104);
    expect(await client.raw(1)).toBe("N");
  });

  it("says when a cluster is paused or does not admit the client", async () => {
    cluster.refused = "Cluster is paused.";
    const paused = await connect();
    paused.start({ user: "awsuser" });
    expect(fieldsOf((await paused.until("-"))[0])).toMatchObject({ C: "57P03", M: "Cluster is paused." });
    cluster.refused = undefined;
    cluster.admitted = false;
    const outside = await connect();
    outside.start({ user: "awsuser" });
    expect(fieldsOf((await outside.until("-"))[0])).toMatchObject({ C: "28000" });
  });

  it("keeps notices of the opening session until the login is over", async () => {
    const client = await connect();
    client.start({ user: "awsuser", application_name: "noted" });
    expect(await client.typesUntil("Z")).toMatch(/^RS+KNZ$/);
  });

  it("notes logins", async () => {
    cluster.secrets.set("ann", secretOf("ann", "right", ["md5"]));
    for (const password of ["right", "wrong"]) {
      const client = new pg.Client({ host: "127.0.0.1", port, user: "ann", password, database: "dev" });
      const failure = await client.connect().then(
        () => undefined,
        (error: unknown) => error,
      );
      if (password === "right") await client.end();
      else
        expect(failure).toMatchObject({
          code: "28000",
          message: 'password authentication failed for user "ann"',
        });
    }
    expect(cluster.logins).toEqual([
      { user: "ann", succeeded: true },
      { user: "ann", succeeded: false },
    ]);
  });
});

describe("TLS", () => {
  it("is spoken when asked for", async () => {
    await open({ tls: testCertificate() });
    const client = await connect();
    await client.startTls();
    client.start({ user: "awsuser" });
    await client.until("Z");
    client.query("select repeat('x', 300000) as a");
    expect(rowsOf(await client.until("Z"))[0]?.[0]).toHaveLength(300_000);
    expect(cluster.requests[0]?.tls).toBe(true);
  });

  it("does not begin with bytes that came before it", async () => {
    await open({ tls: testCertificate() });
    const client = await connect();
    client.write(Buffer.concat([int32(8), int32(80_877_103), int32(8), int32(196_608)]));
    expect(fieldsOf((await client.until("-"))[0])["M"]).toBe("received unencrypted data after SSL request");
  });

  it("is declined where there is no certificate", async () => {
    await open();
    const client = await connect();
    client.unframed();
    client.packet(80_877_103);
    expect(await client.raw(1)).toBe("N");
    client.start({ user: "awsuser" });
    expect((await client.raw(1)).toString()).toBe("R");
  });
});

describe("limits", () => {
  it("on connections", async () => {
    await open({ limits: { maxConnections: 1 } });
    await login();
    const second = await connect();
    expect(fieldsOf((await second.until("-"))[0])).toMatchObject({ S: "FATAL", C: "53300" });
  });

  it("on the time of a login, but not of a session", async () => {
    const clock = new ManualClock();
    await open({ clock, limits: { loginTimeoutMs: 1_000 } });
    const slow = await connect();
    slow.write(int32(100));
    const done = await login();
    clock.advance(1_000);
    await slow.closed();
    done.query("select 1");
    expect(rowsOf(await done.until("Z"))).toEqual([["1"]]);
  });

  it("on the size of a message", async () => {
    await open({ limits: { maxMessageBytes: 1_000 } });
    const client = await login();
    client.query("x".repeat(1_000));
    expect(fieldsOf((await client.until("-"))[0])).toMatchObject({ S: "FATAL", M: "invalid message length" });
    const early = await connect();
    early.start({ user: "awsuser", x: "y".repeat(10_000) });
    expect(fieldsOf((await early.until("-"))[0])["C"]).toBe("08P01");
  });
});

describe("clients that do not read", () => {
  it("hold the engine back, and nobody else", async () => {
    await open({ limits: { maxUnsentBytes: 100_000 } });
    const slow = await login();
    slow.pause();
    slow.query("select i, repeat('x', 200) from range(2000000) r(i)");
    await turns(() => session().batchesRead > 0);
    const other = await login();
    for (let round = 0; round < 50; round++) {
      other.query("select 1");
      await other.until("Z");
    }
    const read = session().batchesRead;
    for (let round = 0; round < 50; round++) {
      other.query("select 1");
      await other.until("Z");
    }
    // 400 MB wait in the engine; the kernel's and our buffers hold a few.
    expect(session().batchesRead).toBe(read);
    expect(read).toBeLessThan(200);
  });

  it("are cut when they go, or when the server does", async () => {
    await open({ limits: { maxUnsentBytes: 100_000 } });
    for (const index of [0, 1]) {
      const client = await login();
      client.pause();
      client.query("select i, repeat('x', 200) from range(2000000) r(i)");
      await turns(() => session(index).openResults === 1);
    }
    clients[0]?.destroy();
    await turns(() => session(0).calls.at(-1) === "close");
    expect(session(0).openResults).toBe(0);
    await listener.close(0);
    await turns(() => session(1).calls.at(-1) === "close");
    expect(session(1).openResults).toBe(0);
  });
});

describe("cancelling", () => {
  beforeEach(() => open());

  it("ends the running statement, and the connection goes on", async () => {
    const client = await login();
    client.query("select count(*) from range(100000000) a(i), range(100000) b(j) where i * j % 7 = 1");
    await turns(() => session().calls.some((call) => call.startsWith("execute")));
    for (const secret of [-1, -7_001]) {
      const canceller = await connect();
      canceller.packet(80_877_102, Buffer.concat([int32(1), int32(secret)]));
      await canceller.closed();
    }
    const messages = await client.until("Z");
    expect(fieldsOf(messages.find((message) => message.type === "E"))["C"]).toBe("57014");
    client.query("select 1");
    expect(rowsOf(await client.until("Z"))).toEqual([["1"]]);
  });

  it("happens when the client goes", async () => {
    const client = await login();
    client.query("select count(*) from range(100000000) a(i), range(100000) b(j) where i * j % 7 = 1");
    await turns(() => session().calls.some((call) => call.startsWith("execute")));
    client.destroy();
    await turns(() => session().calls.at(-1) === "close");
  });
});

describe("endings", () => {
  beforeEach(() => open());

  it("tells a client whose session was terminated", async () => {
    const client = await login();
    session().terminate();
    expect(fieldsOf((await client.until("-"))[0])).toMatchObject({ S: "FATAL", C: "57P01" });
    await turns(() => session().calls.at(-1) === "close");
  });

  it("tells all clients when the server stops, and takes no more", async () => {
    const client = await login();
    const closing = listener.close(1_000);
    expect(fieldsOf((await client.until("-"))[0])).toMatchObject({ C: "57P01" });
    await closing;
    await expect(WireClient.connect(port)).rejects.toThrow(/ECONNREFUSED/);
  });

  it("closes sessions of clients that go at any point", async () => {
    for (const cut of [1, 4, 8, 20, 40]) {
      const client = await connect();
      const pairs = Buffer.from("user\0awsuser\0database\0dev\0\0");
      const bytes = Buffer.concat([int32(8 + pairs.length), int32(196_608), pairs]);
      client.write(bytes.subarray(0, Math.min(cut, bytes.length)));
      client.destroy();
    }
    const whole = await login();
    whole.send("Q", Buffer.alloc(0));
    whole.destroy();
    await turns(() => cluster.sessions.every((entry) => entry.calls.at(-1) === "close"));
    const next = await login();
    next.query("select 1");
    expect(rowsOf(await next.until("Z"))).toEqual([["1"]]);
  });
});

/** Numbers from 0 to 1 that are the same in each run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

describe("hostile packets", () => {
  it.each([1, 2, 3, 4])("end connections at most, seed %i", async (seed) => {
    await open();
    const next = random(seed);
    const letters = "QPBDECHSFdcfpX!\0\xff";
    for (let round = 0; round < 25; round++) {
      const client = next() < 0.3 ? await connect() : await login();
      for (let count = 0; count < 20; count++) {
        const body = Buffer.from(
          Array.from({ length: Math.floor(next() ** 2 * 60) }, () => Math.floor(next() * 256)),
        );
        if (next() < 0.5) for (let at = 0; at < body.length; at++) if (next() < 0.4) body[at] = 0;
        if (next() < 0.05) client.write(body);
        else client.send(letters[Math.floor(next() * letters.length)] ?? "Q", body);
      }
      client.send("X");
      client.destroy();
    }
    const sane = await login();
    sane.query("select 1");
    expect(rowsOf(await sane.until("Z"))).toEqual([["1"]]);
  });
});

describe("node-postgres", () => {
  beforeEach(() => open());

  it.each(["md5", "scram"] as const)("logs in by %s and works", async (kind) => {
    cluster.secrets.set("ann", secretOf("ann", "pass", [kind]));
    const client = new pg.Client({ host: "127.0.0.1", port, user: "ann", password: "pass", database: "dev" });
    await client.connect();
    const named = { name: "n", text: "select $1::int + 1 as n, $2::varchar as t, $3::boolean as b" };
    for (let round = 0; round < 3; round++) {
      const { rows } = await client.query({ ...named, values: [round, "ä", round > 0] });
      expect(rows).toEqual([{ n: round + 1, t: "ä", b: round > 0 }]);
    }
    await expect(client.query("selec")).rejects.toMatchObject({ code: "42601" });
    const many = await client.query("select i from range(5000) r(i)");
    expect(many.rows).toHaveLength(5_000);
    await client.end();
  });
});
