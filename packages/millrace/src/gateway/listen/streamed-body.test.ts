import { get, type IncomingMessage } from "node:http";
import { connect } from "node:http2";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { ManualClock } from "../../core/clock.ts";
import type { HttpResponse } from "../http.ts";
import { rawExchange, rawSocket, startListener } from "./test-listener.ts";

const close = "Host: h\r\nConnection: close\r\n";

async function* parts(count: number, bytes: number): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < count; i++) yield Buffer.alloc(bytes, 97 + (i % 26));
}

const streamed = (body: AsyncIterable<Uint8Array>, headers: HttpResponse["headers"] = {}): HttpResponse => ({
  status: 200,
  headers,
  body,
});

test("parts are sent chunked, or plain when the length is known", async () => {
  const { listener, port } = await startListener((exchange) =>
    exchange.respond(streamed(parts(3, 5), exchange.head.path === "/known" ? { "content-length": 15 } : {})),
  );
  const chunked = await rawExchange(port, `GET / HTTP/1.1\r\n${close}\r\n`);
  expect(chunked).toMatch(/transfer-encoding: chunked/i);
  expect(chunked).toContain("5\r\naaaaa\r\n5\r\nbbbbb\r\n5\r\nccccc\r\n0\r\n\r\n");
  const known = await rawExchange(port, `GET /known HTTP/1.1\r\n${close}\r\n`);
  expect(known.endsWith("\r\n\r\naaaaabbbbbccccc")).toBe(true);
  await listener.close(0);
});

test("parts that were sent are let go while the body goes on", async () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const sent: WeakRef<Uint8Array>[] = [];
  let held = -1;
  const produce = async function* (): AsyncGenerator<Uint8Array> {
    for (let i = 0; i < 400; i++) {
      const part = Buffer.alloc(64 * 1024);
      sent.push(new WeakRef(part));
      yield part;
    }
    // What is collected is decided between two turns of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
    collect();
    held = sent.slice(0, 200).filter((part) => part.deref() !== undefined).length;
  };
  const { listener, port } = await startListener((exchange) => exchange.respond(streamed(produce())));
  const answer = await new Promise<IncomingMessage>((resolve) =>
    get({ port, host: "127.0.0.1", agent: false }, resolve),
  );
  answer.resume();
  await new Promise((resolve) => answer.once("end", resolve));
  expect(held).toBe(0);
  await listener.close(0);
});

test.each(["http1", "http2"])("a body may use one buffer for all its parts over %s", async (protocol) => {
  const produce = async function* (): AsyncGenerator<Uint8Array> {
    const buffer = Buffer.alloc(300_000);
    for (let i = 0; i < 100; i++) yield buffer.fill(i);
  };
  const { listener, port } = await startListener((exchange) =>
    exchange.respond(streamed(produce(), { "content-length": 30_000_000 })),
  );
  const session = protocol === "http2" ? connect(`http://127.0.0.1:${port}`) : undefined;
  const body = session
    ? session.request({ ":path": "/" })
    : await new Promise<IncomingMessage>((resolve) =>
        get({ port, host: "127.0.0.1", agent: false }, resolve),
      );
  let at = 0;
  let wrong = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    for (const byte of chunk) if (byte !== Math.floor(at++ / 300_000)) wrong++;
    // Now and then the client is slow, so that parts wait in the connection.
    if (at % 7 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  expect([at, wrong]).toEqual([30_000_000, 0]);
  session?.close();
  await listener.close(0);
});

test.each(["http1", "http2"])("a slow reader holds the body back over %s", async (protocol) => {
  let produced = 0;
  const produce = async function* (): AsyncGenerator<Uint8Array> {
    for (; produced < 2_000; produced++) yield Buffer.alloc(64 * 1024);
  };
  const { listener, port } = await startListener((exchange) => exchange.respond(streamed(produce())));
  const session = protocol === "http2" ? connect(`http://127.0.0.1:${port}`) : undefined;
  const body = session
    ? session.request({ ":path": "/" })
    : await new Promise<IncomingMessage>((resolve) =>
        get({ port, host: "127.0.0.1", agent: false }, resolve),
      );
  await new Promise<void>((resolve) => body.once("readable", () => resolve()));
  let before = -1;
  while (before !== produced) {
    before = produced;
    for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
  }
  expect(produced).toBeLessThan(1_000);
  let bytes = 0;
  body.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
  });
  await new Promise((resolve) => body.once("end", resolve));
  expect(bytes).toBe(2_000 * 64 * 1024);
  session?.close();
  await listener.close(0);
});

test.each(["http1", "http2"])(
  "when the client leaves, return() runs and respond() resolves over %s",
  async (protocol) => {
    const events: string[] = [];
    let done: () => void = () => {};
    const finished = new Promise<void>((resolve) => {
      done = resolve;
    });
    const { listener, port } = await startListener(async (exchange) => {
      const { signal } = exchange;
      const endless = async function* (): AsyncGenerator<Uint8Array> {
        try {
          yield Buffer.from("first");
          await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
          yield Buffer.from("never sent");
          events.push("went on");
        } finally {
          events.push("returned");
        }
      };
      await exchange.respond(streamed(endless()));
      events.push("responded");
      setImmediate(done);
    });
    if (protocol === "http1") {
      const socket = rawSocket(port);
      socket.write("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
      await new Promise((resolve) => socket.once("data", resolve));
      socket.destroy();
    } else {
      const session = connect(`http://127.0.0.1:${port}`);
      const stream = session.request({ ":path": "/" });
      await new Promise((resolve) => stream.once("data", resolve));
      session.destroy();
    }
    await finished;
    expect(events.sort()).toEqual(["responded", "returned"]);
    await listener.close(0);
  },
);

test.each(["http1", "http2"])("a body that fails cuts the answer short over %s", async (protocol) => {
  const failures: string[] = [];
  const { listener, port } = await startListener(async (exchange) => {
    const failing = async function* (): AsyncGenerator<Uint8Array> {
      yield Buffer.from("half");
      throw new Error("disk gone");
    };
    await exchange.respond(streamed(failing())).catch((error: Error) => failures.push(error.message));
  });
  if (protocol === "http1") {
    const answer = await rawExchange(port, `GET / HTTP/1.1\r\n${close}\r\n`);
    expect(answer).not.toContain("\r\n0\r\n\r\n");
  } else {
    const session = connect(`http://127.0.0.1:${port}`);
    const stream = session.request({ ":path": "/" });
    const error = await new Promise<Error>((resolve) => stream.once("error", resolve).resume());
    expect(error.message).toMatch(/INTERNAL_ERROR/);
    session.close();
  }
  expect(failures).toEqual(["disk gone"]);
  await listener.close(0);
});

test.each(["http1", "http2"])("a client that does not read is cut in the end over %s", async (protocol) => {
  const clock = new ManualClock();
  const settled: Promise<string>[] = [];
  const { listener, port } = await startListener(
    (exchange) => {
      const { signal } = exchange;
      settled.push(
        new Promise((resolve) => signal.addEventListener("abort", () => resolve(exchange.head.path))),
      );
      const body = exchange.head.path === "/whole" ? Buffer.alloc(64 * 1024 * 1024) : parts(1_000, 64 * 1024);
      return exchange.respond({ status: 200, headers: {}, body });
    },
    { responseStallTimeoutMs: 60_000 },
    clock,
  );
  const clients = ["/whole", "/parts"].map((path) => {
    if (protocol === "http1")
      return rawSocket(port)
        .on("error", () => {})
        .pause();
    const session = connect(`http://127.0.0.1:${port}`).on("error", () => {});
    session
      .request({ ":path": path })
      .on("error", () => {})
      .pause();
    return session;
  });
  clients.forEach((client, i) => {
    if ("write" in client) client.write(`GET ${["/whole", "/parts"][i]} HTTP/1.1\r\nHost: h\r\n\r\n`);
  });
  while (settled.length < 2) await new Promise((resolve) => setImmediate(resolve));
  for (let turn = 0; turn < 200; turn++) await new Promise((resolve) => setImmediate(resolve));
  clock.advance(60_000);
  expect((await Promise.all(settled)).sort()).toEqual(["/parts", "/whole"]);
  for (const client of clients) client.destroy();
  await listener.close(0);
});
