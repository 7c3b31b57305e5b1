import { connect } from "node:net";

/** Message => type (1 byte) length (int32, of itself and what follows) bytes; a start-up message has no type. */
function message(type: string, text: string): Buffer {
  const bytes = Buffer.from(text, "latin1");
  const head = Buffer.alloc(type.length + 4);
  head.write(type, 0, "latin1");
  head.writeInt32BE(bytes.length + 4, type.length);
  return Buffer.concat([head, bytes]);
}

/**
 * Reads an answer without looking at it, so that the server's share of the time is what is measured.
 * The server must take the user without a password, or any.
 */
export function streamRows(port: number, sql: string): Promise<{ ms: number; bytes: number }> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    let bytes = 0;
    let startedMs = 0;
    let tail = Buffer.alloc(0);
    socket.once("error", reject);
    socket.write(message("", "\0\x03\0\0user\0awsuser\0database\0dev\0\0"));
    socket.on("data", (chunk) => {
      tail = Buffer.concat([tail.subarray(-64), chunk]);
      // ReadyForQuery => 'Z' 00 00 00 05 'I'
      const isReady = tail.subarray(-6).equals(Buffer.from("Z\0\0\0\x05I", "latin1"));
      if (startedMs > 0) bytes += chunk.length;
      else if (chunk.includes("R\0\0\0\x08\0\0\0\x03")) socket.write(message("p", "x\0"));
      if (!isReady) return;
      if (startedMs === 0) {
        startedMs = performance.now();
        socket.write(message("Q", `${sql}\0`));
        return;
      }
      resolve({ ms: performance.now() - startedMs, bytes });
      socket.end(message("X", ""));
    });
  });
}
