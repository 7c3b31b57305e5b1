import { connect, type Socket } from "node:net";

export interface Answer {
  readonly status: number;
  /** Bytes of the body. */
  readonly bytes: number;
  /** The text of the body, or its beginning when it was not asked for. */
  readonly text: string;
}

const maxKeptBytes = 64 * 1024;
const readBytes = 256 * 1024;

/** One HTTP/1.1 connection without pipelining that costs little: it counts the bytes of large answers. */
export class Connection {
  readonly #socket: Socket;
  #head = "";
  #status = 0;
  /** Bytes of the body still to come; undefined while the head is read, Infinity for a chunked body. */
  #left: number | undefined;
  #bytes = 0;
  #kept: Buffer[] = [];
  #tail = "";
  #keepsBody = false;
  #done: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | undefined;

  constructor(port: number) {
    // One buffer for all that comes: what is kept of it is copied.
    const onread = {
      buffer: Buffer.allocUnsafe(readBytes),
      callback: (bytes: number, buffer: Uint8Array): boolean => {
        this.#take(Buffer.from(buffer.buffer, buffer.byteOffset, bytes));
        return true;
      },
    };
    this.#socket = connect({ port, host: "127.0.0.1", onread }).setNoDelay(true);
    this.#socket.on("error", (error) => this.#done?.reject(error));
    this.#socket.on("close", () => this.#done?.reject(new Error("the server closed the connection")));
  }

  send(head: string, body?: Buffer, keepsBody = false): Promise<Answer> {
    this.#keepsBody = keepsBody;
    return new Promise((resolve, reject) => {
      this.#done = { resolve, reject };
      this.#socket.write(head, "latin1");
      if (body !== undefined) this.#socket.write(body);
    });
  }

  close(): void {
    this.#done = undefined;
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    const rest = this.#left === undefined ? this.#takeHead(chunk) : chunk;
    if (rest !== undefined && rest.length > 0) this.#takeBody(rest);
    if (this.#left === 0) this.#finish();
  }

  #takeHead(chunk: Buffer): Buffer | undefined {
    const before = this.#head.length;
    this.#head += chunk.toString("latin1");
    const end = this.#head.indexOf("\r\n\r\n");
    if (end < 0) return undefined;
    this.#status = Number(this.#head.slice(9, 12));
    const length = /\r\ncontent-length: *(\d+)/i.exec(this.#head.slice(0, end + 2))?.[1];
    this.#left = length === undefined ? Number.POSITIVE_INFINITY : Number(length);
    if (this.#status === 204 || this.#status === 304) this.#left = 0;
    return chunk.subarray(end + 4 - before);
  }

  #takeBody(chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#keepsBody || this.#bytes <= maxKeptBytes) this.#kept.push(Buffer.from(chunk));
    if (this.#left !== Number.POSITIVE_INFINITY) {
      this.#left = (this.#left ?? 0) - chunk.length;
      return;
    }
    this.#tail = (this.#tail + chunk.toString("latin1")).slice(-7);
    if (this.#tail.endsWith("0\r\n\r\n")) this.#left = 0;
  }

  #finish(): void {
    const answer = { status: this.#status, bytes: this.#bytes, text: Buffer.concat(this.#kept).toString() };
    const done = this.#done;
    this.#head = "";
    this.#tail = "";
    this.#bytes = 0;
    this.#kept = [];
    this.#left = undefined;
    this.#done = undefined;
    done?.resolve(answer);
  }
}
