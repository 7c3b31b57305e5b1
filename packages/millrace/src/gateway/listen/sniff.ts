import type { Socket } from "node:net";
import type { Clock } from "../../core/clock.ts";

export type Protocol = "http1" | "http2" | "tls";

const tlsHandshakeRecord = 0x16;
const http2Preface = "PRI ";

/**
 * What a connection's first bytes say, or undefined while they could still be either.
 *
 * TLS record = 0x16 major minor ...                          (RFC 8446, 5.1)
 * h2 preface = "PRI * HTTP/2.0" CRLF CRLF "SM" CRLF CRLF     (RFC 9113, 3.4)
 *
 * Anything else goes to the HTTP/1.1 parser, which answers 400 to what it cannot read.
 */
export function protocolOf(first: Buffer): Protocol | undefined {
  if (first.length === 0) return undefined;
  if (first[0] === tlsHandshakeRecord) return "tls";
  const start = first.toString("latin1", 0, http2Preface.length);
  if (start === http2Preface) return "http2";
  return http2Preface.startsWith(start) ? undefined : "http1";
}

/** Waits for a connection's first bytes, puts them back and says which protocol they begin. */
export function sniff(
  socket: Socket,
  timeoutMs: number,
  clock: Clock,
  found: (protocol: Protocol) => void,
): void {
  let seen: Buffer = Buffer.alloc(0);
  const timer = clock.after(timeoutMs, () => socket.destroy());
  const onReadable = (): void => {
    const chunk: Buffer | null = socket.read();
    if (chunk === null) return;
    seen = seen.length === 0 ? chunk : Buffer.concat([seen, chunk]);
    const protocol = protocolOf(seen);
    if (protocol === undefined) return;
    detach();
    socket.unshift(seen);
    found(protocol);
  };
  const onGone = (): void => {
    detach();
    socket.destroy();
  };
  const detach = (): void => {
    timer.cancel();
    socket.off("readable", onReadable).off("end", onGone).off("close", onGone);
  };
  socket.on("readable", onReadable).on("end", onGone).on("close", onGone);
}
