import { connect as connectHttp2 } from "node:http2";
import { expect, test } from "vitest";
import { ManualClock } from "../../core/clock.ts";
import { protocolOf } from "./sniff.ts";
import { echo, rawExchange, rawSocket, startListener } from "./test-listener.ts";

test.each([
  ["GET / HTTP/1.1\r\n", "http1"],
  ["POST / HTTP/1.1\r\n", "http1"],
  ["PRI * HTTP/2.0\r\n", "http2"],
  ["\x16\x03\x01", "tls"],
  ["\x00\x00", "http1"],
  ["PU", "http1"],
  ["PRIX", "http1"],
  ["P", undefined],
  ["PRI", undefined],
  ["", undefined],
])("the first bytes %j say %s", (bytes, protocol) => {
  expect(protocolOf(Buffer.from(bytes, "latin1"))).toBe(protocol);
});

test("a request that comes byte by byte is served as a whole one is", async () => {
  const { listener, port } = await startListener(echo);
  const request = "POST /a?b=c HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: 3\r\n\r\nxyz";
  const answer = await rawExchange(port, ...request);
  expect(answer).toMatch(/^HTTP\/1\.1 200 OK/);
  expect(answer).toContain('"path":"/a","query":"b=c"');
  expect(answer).toContain('"body":"xyz"');
  await listener.close(0);
});

test("an HTTP/2 preface that comes in two pieces opens a session", async () => {
  const { listener, port } = await startListener(echo);
  const socket = rawSocket(port);
  const settings = Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]);
  socket.write("PR");
  await new Promise((resolve) => setImmediate(resolve));
  socket.write(Buffer.concat([Buffer.from("I * HTTP/2.0\r\n\r\nSM\r\n\r\n"), settings]));
  const first = await new Promise<Buffer>((resolve) => socket.once("data", resolve));
  // frame = length(24) type(8) flags(8) stream(32): the server's preface is a SETTINGS frame on stream 0.
  expect(first[3]).toBe(4);
  expect(first.readUInt32BE(5)).toBe(0);
  socket.destroy();
  await listener.close(0);
});

test.each([["\x00\x01\x02\x03garbage"], ["hello\r\n\r\n"], ["PRIVATE / HTTP/9\r\n\r\n"], ["SSH-2.0-x\r\n"]])(
  "garbage %j is answered 400 and the connection closed",
  async (bytes) => {
    const { listener, port } = await startListener(echo);
    expect(await rawExchange(port, Buffer.from(bytes, "latin1"))).toMatch(/^HTTP\/1\.1 400 /);
    await listener.close(0);
  },
);

test("a silent connection is cut when its time is over, not before", async () => {
  const clock = new ManualClock();
  const { listener, port } = await startListener(echo, { sniffTimeoutMs: 10_000 }, clock);
  const socket = rawSocket(port);
  const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  await new Promise<void>((resolve) => socket.once("connect", () => resolve()));
  // A request on another connection proves that the listener has accepted the silent one before it.
  await rawExchange(port, "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  clock.advance(9_999);
  expect(socket.destroyed).toBe(false);
  clock.advance(1);
  socket.resume();
  await closed;
  await listener.close(0);
});

test("connections over the limit are dropped and the others go on", async () => {
  const { listener, port } = await startListener(echo, { maxConnections: 1 });
  const session = connectHttp2(`http://127.0.0.1:${port}`);
  await new Promise((resolve) => session.once("remoteSettings", resolve));
  expect(await rawExchange(port, "GET / HTTP/1.1\r\n\r\n").catch(() => "")).toBe("");
  expect(session.destroyed).toBe(false);
  session.destroy();
  await listener.close(0);
});

test("a client that leaves before it says anything leaves nothing behind", async () => {
  const { listener, port } = await startListener(echo);
  const socket = rawSocket(port);
  await new Promise<void>((resolve) => socket.once("connect", () => resolve()));
  socket.end("P");
  socket.resume();
  await new Promise<void>((resolve) => socket.once("close", () => resolve()));
  await listener.close(1_000_000);
});
