import { connect as connectHttp2 } from "node:http2";
import { connect as connectTls } from "node:tls";
import { expect, test } from "vitest";
import { ManualClock } from "../../core/clock.ts";
import { silentLogger } from "../../core/logger.ts";
import type { Exchange } from "./exchange.ts";
import { Listener } from "./listener.ts";
import { defaultListenerLimits } from "./listener-limits.ts";
import { makeCertificate } from "./self-signed-certificate.ts";
import { echo, rawExchange, rawSocket, startListener, text } from "./test-listener.ts";

const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
};

/** A listener whose requests wait until they are let go. */
async function holding(clock?: ManualClock) {
  const held: Exchange[] = [];
  let arrived: (() => void) | undefined;
  const server = await startListener(
    (exchange) => {
      held.push(exchange);
      arrived?.();
    },
    {},
    clock,
  );
  const waitFor = async (count: number): Promise<void> => {
    while (held.length < count) {
      await new Promise<void>((resolve) => {
        arrived = resolve;
      });
    }
  };
  return { ...server, held, waitFor };
}

test("a port in use is reported, and a free one can be taken afterwards", async () => {
  const { listener, port } = await startListener(echo);
  const second = new Listener({
    host: "127.0.0.1",
    port,
    tls: () => ({ key: "", cert: "" }),
    limits: defaultListenerLimits,
    log: silentLogger,
    onRequest: () => {},
  });
  await expect(second.start()).rejects.toMatchObject({ code: "EADDRINUSE" });
  await listener.close(0);
});

test("closing lets requests in flight finish and takes no new ones", async () => {
  const { listener, port, held, waitFor } = await holding();
  const http1 = rawExchange(port, "GET /1 HTTP/1.1\r\nHost: h\r\n\r\n");
  const session = connectHttp2(`http://127.0.0.1:${port}`);
  const stream = session.request({ ":path": "/2" });
  let http2 = "";
  stream.setEncoding("utf8").on("data", (chunk) => {
    http2 += chunk;
  });
  const goaway = new Promise((resolve) => session.once("goaway", resolve));
  await waitFor(2);
  const closed = listener.close(1_000_000);
  await goaway;
  await expect(rawExchange(port, "GET / HTTP/1.1\r\n\r\n")).rejects.toMatchObject({ code: "ECONNREFUSED" });
  expect(held.map((exchange) => exchange.signal.aborted)).toEqual([false, false]);
  for (const exchange of held) await exchange.respond(text(200, "finished"));
  const answer = await http1;
  expect(answer).toMatch(/connection: close/i);
  expect(answer.endsWith("finished")).toBe(true);
  await closed;
  expect(http2).toBe("finished");
});

test("what is still open after the grace is cut and its signal aborted", async () => {
  const clock = new ManualClock();
  const { listener, port, held, waitFor } = await holding(clock);
  const http1 = rawExchange(port, "GET /1 HTTP/1.1\r\nHost: h\r\n\r\n").catch(() => "");
  const session = connectHttp2(`http://127.0.0.1:${port}`);
  session.on("error", () => {});
  session.request({ ":path": "/2" }).on("error", () => {});
  const fresh = rawSocket(port);
  await new Promise((resolve) => fresh.once("connect", resolve));
  await waitFor(2);
  const signals = held.map((exchange) => exchange.signal);
  const closed = listener.close(5_000);
  expect(listener.close(1)).toBe(closed);
  clock.advance(4_999);
  await turns(20);
  expect(signals.map((signal) => signal.aborted)).toEqual([false, false]);
  clock.advance(1);
  await closed;
  await turns(20);
  expect(signals.map((signal) => signal.aborted)).toEqual([true, true]);
  expect(await http1).toBe("");
  fresh.destroy();
});

test("an idle kept connection does not hold up closing", async () => {
  const { listener, port } = await startListener(echo);
  const socket = rawSocket(port);
  socket.write("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  await new Promise((resolve) => socket.once("data", resolve));
  const idle = connectHttp2(`http://127.0.0.1:${port}`);
  await new Promise((resolve) => idle.once("remoteSettings", resolve));
  await listener.close(1_000_000);
});

test("an answer that began before the close ends its connection when it is complete", async () => {
  let finish: () => void = () => {};
  const { listener, port } = await startListener((exchange) => {
    const body = async function* (): AsyncGenerator<Uint8Array> {
      yield Buffer.from("begun");
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      yield Buffer.from("ended");
    };
    return exchange.respond({ status: 200, headers: {}, body: body() });
  });
  const socket = rawSocket(port);
  let received = "";
  socket.on("data", (chunk) => {
    received += chunk;
  });
  socket.write("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  while (!received.includes("begun")) await new Promise((resolve) => socket.once("data", resolve));
  const closed = listener.close(1_000_000);
  finish();
  await closed;
  await new Promise((resolve) => (socket.destroyed ? resolve(undefined) : socket.once("close", resolve)));
  expect(received).toContain("ended");
});

test("a handler that throws is answered 500 and the next request is served", async () => {
  let calls = 0;
  const listener = new Listener({
    host: "127.0.0.1",
    port: 0,
    tls: () => ({ key: "", cert: "" }),
    limits: defaultListenerLimits,
    log: silentLogger,
    onRequest: (exchange) => {
      calls += 1;
      if (calls === 1) throw new Error("our own bug");
      void exchange.respond(text(200, "served"));
    },
  });
  const { port } = await listener.start();
  const request = "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";
  expect(await rawExchange(port, request)).toMatch(/^HTTP\/1\.1 500 /);
  expect(await rawExchange(port, request)).toMatch(/served$/);
  await listener.close(0);
});

test.each(["http1", "http2"])(
  "a body that stalls or crawls is cut over %s; one that we hold back is not",
  async (protocol) => {
    const clock = new ManualClock();
    const outcomes: string[] = [];
    const limits = { bodyIdleTimeoutMs: 60_000, minBodyBytesPerSecond: 100 };
    let settled: () => void = () => {};
    const { listener, port } = await startListener(
      async (exchange) => {
        if (exchange.head.path === "/held") {
          exchange.stream().pause();
          return;
        }
        const outcome = await exchange.readBody(10_000).then(
          () => "whole",
          (error: Error) => error.name,
        );
        outcomes.push(`${exchange.head.path} ${outcome}`);
        settled();
      },
      limits,
      clock,
    );
    const uploads = new Map<string, (bytes: string) => void>();
    const sockets: { destroy(): void }[] = [];
    for (const path of ["/stalls", "/crawls", "/held"]) {
      if (protocol === "http1") {
        const socket = rawSocket(port);
        socket.on("error", () => {});
        socket.write(`PUT ${path} HTTP/1.1\r\nHost: h\r\nContent-Length: 5000\r\n\r\n`);
        uploads.set(path, (bytes) => socket.write(bytes));
        sockets.push(socket);
      } else {
        const session = connectHttp2(`http://127.0.0.1:${port}`);
        session.on("error", () => {});
        const stream = session.request({ ":method": "PUT", ":path": path, "content-length": 5_000 });
        stream.on("error", () => {});
        uploads.set(path, (bytes) => stream.write(bytes));
        sockets.push(session);
      }
    }
    const allArrived = rawExchange(
      port,
      "PUT /whole HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: 1\r\n\r\nx",
    );
    while (!outcomes.includes("/whole whole")) await turns(5);
    for (let second = 0; second < 12; second++) {
      uploads.get("/crawls")?.("x");
      await turns(30);
      clock.advance(5_000);
    }
    clock.advance(10_000);
    while (outcomes.length < 3) {
      await new Promise<void>((resolve) => {
        settled = resolve;
      });
    }
    expect(outcomes.slice(1).sort()).toEqual(["/crawls ClientGoneError", "/stalls ClientGoneError"]);
    expect(sockets[2]).toMatchObject({ destroyed: false });
    for (const socket of sockets) socket.destroy();
    await listener.close(0);
    await allArrived.catch(() => "");
  },
);

test("an HTTP/1.1 client that sends on after an early answer still reads it, up to a limit", async () => {
  const { listener, port } = await startListener((exchange) => exchange.respond(text(413, "too large")), {
    maxDiscardedBytes: 1_000_000,
  });
  const head = (bytes: number): string => `PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: ${bytes}\r\n\r\n`;
  const kept = rawSocket(port);
  let received = "";
  kept.on("data", (chunk) => {
    received += chunk;
  });
  kept.write(head(900_000));
  kept.write(Buffer.alloc(900_000));
  kept.write("GET /again HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  await new Promise((resolve) => kept.once("close", resolve));
  expect(received.match(/HTTP\/1\.1 413/g)).toHaveLength(2);
  const cut = rawSocket(port);
  cut.on("error", () => {}).resume();
  cut.write(head(50_000_000));
  cut.write(Buffer.alloc(20_000_000));
  await new Promise((resolve) => cut.once("close", resolve));
  await listener.close(0);
});

test.each([[undefined], [["h2"]], [["http/1.1"]]])(
  "TLS clients that offer %j by ALPN are understood",
  async (ALPNProtocols) => {
    const { listener, port } = await startListener(echo, {}, undefined, () => makeCertificate(Date.now()));
    const options = {
      port,
      host: "127.0.0.1",
      rejectUnauthorized: false,
      ...(ALPNProtocols && { ALPNProtocols }),
    };
    if (ALPNProtocols?.[0] !== "http/1.1") {
      const session = connectHttp2(`https://127.0.0.1:${port}`, {
        createConnection: () => connectTls(options),
      });
      const stream = session.request({ ":method": "POST", ":path": "/" });
      stream.end("pushed");
      stream.setEncoding("utf8");
      let answer = "";
      for await (const chunk of stream) answer += chunk;
      expect(answer).toContain("pushed");
      session.close();
    }
    if (ALPNProtocols?.[0] !== "h2") {
      const socket = connectTls(options);
      socket.end("POST / HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: 5\r\n\r\nplain");
      let answer = "";
      for await (const chunk of socket.setEncoding("utf8")) answer += chunk;
      expect(answer).toContain("200 OK");
      expect(answer).toContain("plain");
    }
    await listener.close(0);
  },
);
