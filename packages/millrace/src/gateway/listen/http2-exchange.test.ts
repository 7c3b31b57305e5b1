import { type ClientHttp2Session, connect, constants, type OutgoingHttpHeaders } from "node:http2";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Exchange } from "./exchange.ts";
import { echo, startListener, type TestListener, text } from "./test-listener.ts";

let serve: (exchange: Exchange) => Promise<void> | void;
let server: TestListener;
let session: ClientHttp2Session;
beforeEach(async () => {
  serve = echo;
  server = await startListener((exchange) => serve(exchange));
  session = connect(`http://127.0.0.1:${server.port}`);
  session.on("error", () => {});
});
afterEach(async () => {
  session.destroy();
  await server.listener.close(0);
});

interface Answer {
  status: number;
  body: string;
  headers: Record<string, unknown>;
}

function call(headers: OutgoingHttpHeaders, body?: string | Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const stream = session.request(headers, { endStream: body === undefined });
    let received: Record<string, unknown> = {};
    let seen = "";
    stream.on("response", (answer) => {
      received = answer;
    });
    stream.setEncoding("latin1").on("data", (chunk) => {
      seen += chunk;
    });
    stream.on("end", () => resolve({ status: Number(received[":status"]), body: seen, headers: received }));
    stream.on("error", reject);
    if (body !== undefined) stream.end(body);
  });
}

test("head, authority, joined headers and body arrive as sent", async () => {
  const answer = await call({ ":method": "POST", ":path": "/p%20?q=1", "x-multi": ["one", "two"] }, "body");
  const seen = JSON.parse(answer.body);
  expect(seen).toMatchObject({
    method: "POST",
    target: "/p%20?q=1",
    path: "/p%20",
    query: "q=1",
    body: "body",
  });
  expect(seen.headers[":authority"]).toBe(`127.0.0.1:${server.port}`);
  expect(seen.headers.host).toBe(`127.0.0.1:${server.port}`);
  expect(seen.headers["x-multi"]).toBe("one, two");
  expect(answer.headers["content-length"]).toBe(String(answer.body.length));
});

test("many streams of one session are served at once, large bodies too", async () => {
  const big = Buffer.alloc(3 * 1024 * 1024, 7);
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, i) =>
      call({ ":method": "PUT", ":path": `/${i}` }, i % 10 === 0 ? big : `${i}`),
    ),
  );
  answers.forEach((answer, i) => {
    expect(JSON.parse(answer.body)).toMatchObject({
      path: `/${i}`,
      bodyBytes: i % 10 === 0 ? big.length : `${i}`.length,
    });
  });
});

test("connection headers of an answer are left out, HEAD and empty answers have no body", async () => {
  serve = (exchange) =>
    exchange.respond({
      status: 200,
      headers: { connection: "close", "transfer-encoding": "chunked", "content-length": 9 },
      body: "",
    });
  const head = await call({ ":method": "HEAD", ":path": "/" });
  expect(head).toMatchObject({ status: 200, body: "" });
  expect(head.headers["content-length"]).toBe("9");
  expect(head.headers.connection).toBeUndefined();
  serve = (exchange) => exchange.respond({ status: 204, headers: {}, body: "" });
  const none = await call({ ":method": "DELETE", ":path": "/" });
  expect(none.status).toBe(204);
  expect(none.headers["content-length"]).toBeUndefined();
});

test("an answer before the whole body reaches a client that goes on sending", async () => {
  serve = async (exchange) => {
    await expect(exchange.readBody(1_000)).rejects.toMatchObject({
      name: "BodyTooLargeError",
      maxBytes: 1_000,
    });
    await exchange.respond(text(413, "too large"));
  };
  const answer = await call({ ":method": "PUT", ":path": "/" }, Buffer.alloc(6 * 1024 * 1024));
  expect(answer).toMatchObject({ status: 413, body: "too large" });
  const declared = await call(
    { ":method": "PUT", ":path": "/", "content-length": 2_000 },
    Buffer.alloc(2_000),
  );
  expect(declared.status).toBe(413);
});

test("100 Continue comes only when the body is wanted", async () => {
  serve = (exchange) =>
    exchange.head.path === "/wanted" ? echo(exchange) : exchange.respond(text(403, "no"));
  for (const [path, expected] of [
    ["/wanted", true],
    ["/refused", false],
  ] as const) {
    const stream = session.request({ ":method": "PUT", ":path": path, expect: "100-continue" });
    let continued = false;
    stream.on("continue", () => {
      continued = true;
      stream.end("x");
    });
    await new Promise((resolve) => stream.once("response", resolve));
    expect(continued).toBe(expected);
    stream.close();
  }
});

test("a reset stream aborts its signal and fails its body; the session goes on", async () => {
  const outcome = new Promise<unknown[]>((resolve) => {
    serve = async (exchange) => {
      const { signal } = exchange;
      const failure = await exchange.readBody(100).catch((error: Error) => error.name);
      resolve([failure, signal.aborted, exchange.signal.aborted]);
      await exchange.respond(text(200, "nobody hears this"));
    };
  });
  const stream = session.request({ ":method": "POST", ":path": "/" });
  stream.on("error", () => {});
  stream.write("a");
  stream.once("ready", () => setImmediate(() => stream.destroy()));
  expect(await outcome).toEqual(["ClientGoneError", true, true]);
  serve = echo;
  expect((await call({ ":path": "/next" })).status).toBe(200);
});

test("CONNECT is refused", async () => {
  const stream = session.request({ ":method": "CONNECT", ":authority": "a:1" });
  const headers = await new Promise<Record<string, unknown>>((resolve) => stream.once("response", resolve));
  expect(headers[":status"]).toBe(405);
});

test("rapid resets close the session that sends them, and only that one", async () => {
  serve = (exchange) => exchange.respond(text(200, "ok"));
  const hostile = connect(`http://127.0.0.1:${server.port}`);
  const closed = new Promise<void>((resolve) => hostile.once("close", () => resolve()));
  hostile.on("error", () => {});
  const flood = (): void => {
    for (let i = 0; i < 500 && !hostile.destroyed && !hostile.closed; i++) {
      const stream = hostile.request({ ":path": "/" });
      stream.on("error", () => {});
      stream.close(constants.NGHTTP2_CANCEL);
    }
    if (!hostile.destroyed && !hostile.closed) setImmediate(flood);
  };
  flood();
  await closed;
  expect((await call({ ":path": "/" })).status).toBe(200);
});
