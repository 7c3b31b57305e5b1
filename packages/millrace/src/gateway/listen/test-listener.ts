import { connect, type Socket } from "node:net";
import { type Clock, systemClock } from "../../core/clock.ts";
import { silentLogger } from "../../core/logger.ts";
import type { HttpResponse } from "../http.ts";
import type { Exchange } from "./exchange.ts";
import { Listener, type TlsMaterial } from "./listener.ts";
import { defaultListenerLimits, type ListenerLimits } from "./listener-limits.ts";
import { makeCertificate } from "./self-signed-certificate.ts";

export interface TestListener {
  readonly listener: Listener;
  readonly port: number;
}

/** A listener on a free port whose requests go to `serve`; a failure of `serve` answers 500. */
export async function startListener(
  serve: (exchange: Exchange) => Promise<void> | void,
  limits: Partial<ListenerLimits> = {},
  clock: Clock = systemClock,
  tls: () => TlsMaterial = noTls,
): Promise<TestListener> {
  const listener = new Listener({
    host: "127.0.0.1",
    port: 0,
    tls,
    limits: { ...defaultListenerLimits, ...limits },
    log: silentLogger,
    clock,
    onRequest: (exchange) => {
      void Promise.resolve(serve(exchange)).catch((error: unknown) =>
        exchange.respond(text(500, String(error))),
      );
    },
  });
  const { port } = await listener.start();
  return { listener, port };
}

function noTls(): TlsMaterial {
  throw new Error("this test has no certificate");
}

/** For listeners whose tests speak TLS. */
export function testCertificate(): TlsMaterial {
  return makeCertificate(Date.now());
}

export function text(status: number, body: string): HttpResponse {
  return { status, headers: { "content-type": "text/plain" }, body };
}

/** Answers with what was understood of the request, the body's length included. */
export async function echo(exchange: Exchange): Promise<void> {
  const body = await exchange.readBody(64 * 1024 * 1024);
  const seen = { ...exchange.head, bodyBytes: body.length, body: body.toString("latin1", 0, 200) };
  await exchange.respond({ status: 200, headers: { "x-test": "yes" }, body: JSON.stringify(seen) });
}

/** Sends raw bytes, part by part, and collects what comes back until the server closes. */
export function rawExchange(port: number, ...parts: (string | Buffer)[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = rawSocket(port);
    let received = "";
    socket.on("data", (chunk) => {
      received += chunk.toString("latin1");
    });
    socket.on("close", () => resolve(received));
    socket.on("error", (error) => {
      if (received === "") reject(error);
    });
    const next = (): void => {
      const part = parts.shift();
      if (part !== undefined) socket.write(part, () => setImmediate(next));
    };
    socket.once("connect", next);
  });
}

export function rawSocket(port: number): Socket {
  return connect({ port, host: "127.0.0.1", noDelay: true });
}
