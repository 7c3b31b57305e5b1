import { Agent, request } from "node:http";
import { expect, test } from "vitest";
import { echo, rawExchange, rawSocket, startListener, text } from "./test-listener.ts";

const close = "Host: h\r\nConnection: close\r\n";

test("target, query, joined headers and body arrive as sent", async () => {
  const { listener, port } = await startListener(echo);
  const answer = await rawExchange(
    port,
    `POST /a%2Fb/%20?x=%2B&y HTTP/1.1\r\n${close}X-Multi: one\r\nX-Multi: two\r\nAuthorization: a\r\n` +
      "Authorization: b\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n",
  );
  const seen = JSON.parse(answer.slice(answer.indexOf("{")));
  expect(seen).toMatchObject({
    method: "POST",
    target: "/a%2Fb/%20?x=%2B&y",
    path: "/a%2Fb/%20",
    query: "x=%2B&y",
    httpVersion: "1.1",
    secure: false,
    body: "abcde",
  });
  expect(seen.headers["x-multi"]).toBe("one, two");
  expect(seen.headers.authorization).toBe("a, b");
  expect(answer).toContain("x-test: yes\r\n");
  await listener.close(0);
});

test("an absolute target gives path and host", async () => {
  const { listener, port } = await startListener(echo);
  const answer = await rawExchange(port, `GET http://other:99/p?q HTTP/1.1\r\n${close}\r\n`);
  expect(JSON.parse(answer.slice(answer.indexOf("{")))).toMatchObject({
    target: "/p?q",
    headers: { host: "other:99" },
  });
  await listener.close(0);
});

test.each([
  ["two lengths", `POST / HTTP/1.1\r\n${close}Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc`],
  [
    "length and chunks",
    `POST / HTTP/1.1\r\n${close}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc`,
  ],
  ["no host", "GET / HTTP/1.1\r\nConnection: close\r\n\r\n"],
  ["a header without a name", `GET / HTTP/1.1\r\n${close}: x\r\n\r\n`],
  ["a zero byte in a header", `GET / HTTP/1.1\r\n${close}X: a\0b\r\n\r\n`],
  ["a target that is no path", `GET nonsense HTTP/1.1\r\n${close}\r\n`],
])("%s is answered 400", async (_what, bytes) => {
  const { listener, port } = await startListener(echo);
  expect(await rawExchange(port, bytes)).toMatch(/^HTTP\/1\.1 400 /);
  await listener.close(0);
});

test("a broken chunk fails the body and never reaches the operation as a whole one", async () => {
  const seen: string[] = [];
  const { listener, port } = await startListener(async (exchange) => {
    const body = await exchange.readBody(1_000).catch((error: Error) => error.name);
    seen.push(String(body));
  });
  await rawExchange(port, `POST / HTTP/1.1\r\n${close}Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nzz\r\n`);
  expect(seen).toEqual(["ClientGoneError"]);
  await listener.close(0);
});

test("too many header bytes are answered 431", async () => {
  const { listener, port } = await startListener(echo, { maxHeaderBytes: 4_096 });
  const answer = await rawExchange(port, `GET / HTTP/1.1\r\n${close}X: ${"a".repeat(5_000)}\r\n\r\n`);
  expect(answer).toMatch(/^HTTP\/1\.1 431 /);
  await listener.close(0);
});

test("headers that do not end in time are answered 408", async () => {
  const { listener, port } = await startListener(echo, { headersTimeoutMs: 50 });
  expect(await rawExchange(port, "GET / HTTP/1.1\r\nX-Slow: ")).toMatch(/^HTTP\/1\.1 408 /);
  await listener.close(0);
});

test("100 Continue is sent only when the body is wanted", async () => {
  const { listener, port } = await startListener(async (exchange) => {
    if (exchange.head.path === "/wanted") await echo(exchange);
    else await exchange.respond(text(403, "no"));
  });
  const expecting = `${close}Expect: 100-continue\r\nContent-Length: 3\r\n\r\n`;
  const wanted = await rawExchange(port, `PUT /wanted HTTP/1.1\r\n${expecting}`, "abc");
  expect(wanted).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK/);
  const refused = await rawExchange(
    port,
    `PUT /refused HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n`,
  );
  expect(refused).toMatch(/^HTTP\/1\.1 403 /);
  const odd = await rawExchange(port, `PUT / HTTP/1.1\r\n${close}Expect: miracles\r\n\r\n`);
  expect(odd).toMatch(/^HTTP\/1\.1 417 /);
  await listener.close(0);
});

test("an offer to upgrade is ignored, CONNECT is refused", async () => {
  const { listener, port } = await startListener(echo);
  const upgrade =
    "Connection: Upgrade, HTTP2-Settings, close\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n";
  const answer = await rawExchange(
    port,
    `POST /u HTTP/1.1\r\nHost: h\r\n${upgrade}Content-Length: 2\r\n\r\nok`,
  );
  expect(answer).toMatch(/^HTTP\/1\.1 200 OK/);
  expect(answer).toContain('"body":"ok"');
  expect(await rawExchange(port, "CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n")).toMatch(/^HTTP\/1\.1 405 /);
  await listener.close(0);
});

test("pipelined requests are answered in order", async () => {
  const { listener, port } = await startListener((exchange) =>
    exchange.respond(text(200, exchange.head.path)),
  );
  const answer = await rawExchange(
    port,
    `GET /1 HTTP/1.1\r\nHost: h\r\n\r\nGET /2 HTTP/1.1\r\nHost: h\r\n\r\nGET /3 HTTP/1.1\r\n${close}\r\n`,
  );
  expect(answer).toContain("\r\n\r\n/1HTTP/1.1 200");
  expect(answer.indexOf("\r\n\r\n/2")).toBeGreaterThan(answer.indexOf("\r\n\r\n/1"));
  expect(answer.indexOf("\r\n\r\n/3")).toBeGreaterThan(answer.indexOf("\r\n\r\n/2"));
  await listener.close(0);
});

test("HEAD keeps the length it is given and has no body; 204 has no length", async () => {
  const { listener, port } = await startListener((exchange) =>
    exchange.head.method === "HEAD"
      ? exchange.respond({ status: 200, headers: { "content-length": 123_456 }, body: "" })
      : exchange.respond({ status: 204, headers: {}, body: "" }),
  );
  const head = await rawExchange(port, `HEAD / HTTP/1.1\r\n${close}\r\n`);
  expect(head).toContain("content-length: 123456\r\n");
  expect(head.endsWith("\r\n\r\n")).toBe(true);
  expect(await rawExchange(port, `DELETE / HTTP/1.1\r\n${close}\r\n`)).not.toMatch(/content-length/i);
  await listener.close(0);
});

test("a header that cannot be sent rejects, and another answer can follow", async () => {
  const { listener, port } = await startListener(async (exchange) => {
    const bad = { status: 200, headers: { "x-amz-meta": "a\r\nInjected: 1" }, body: "" };
    await expect(exchange.respond(bad)).rejects.toThrow(/Invalid character/);
    await exchange.respond(text(500, "sorry"));
  });
  const answer = await rawExchange(port, `GET / HTTP/1.1\r\n${close}\r\n`);
  expect(answer).toMatch(/^HTTP\/1\.1 500 /);
  expect(answer).not.toContain("Injected");
  await listener.close(0);
});

test("a kept connection serves request after request", async () => {
  const ports = new Set<number>();
  const { listener, port } = await startListener(echo);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  for (let round = 0; round < 5; round++) {
    await new Promise<void>((resolve, reject) => {
      const sent = request({ port, host: "127.0.0.1", agent, method: "POST" }, (response) => {
        ports.add(response.socket.localPort ?? 0);
        response.resume().on("end", resolve);
      });
      sent.on("error", reject).end(`round ${round}`);
    });
  }
  expect(ports.size).toBe(1);
  agent.destroy();
  await listener.close(0);
});

test("resets at every moment of a request harm nobody else", async () => {
  const { listener, port } = await startListener(echo);
  const whole = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n0123456789";
  for (let length = 0; length <= whole.length; length += 3) {
    const socket = rawSocket(port);
    await new Promise<void>((resolve) => socket.once("connect", () => resolve()));
    await new Promise<void>((resolve) => socket.write(whole.slice(0, length), () => resolve()));
    socket.resetAndDestroy();
  }
  expect(await rawExchange(port, `GET /alive HTTP/1.1\r\n${close}\r\n`)).toContain("/alive");
  await listener.close(0);
});
