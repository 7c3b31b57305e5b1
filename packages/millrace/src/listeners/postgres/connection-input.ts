import type { Socket } from "node:net";
import { type Message, MessageReader } from "./protocol/message-reader.ts";

/** The bytes of a client as messages, one at a time; a client that sends ahead is held back. */
export class ConnectionInput {
  readonly #reader = new MessageReader();
  readonly #maxAheadBytes: number;
  #socket: Socket;
  #ended = false;
  #paused = false;
  /** Set while a message is awaited, which may be longer than `maxAheadBytes` and must be let in. */
  #waiting: (() => void) | undefined;
  readonly #onData = (bytes: Buffer): void => {
    this.#reader.push(bytes);
    if (this.#waiting === undefined && this.#reader.bufferedBytes > this.#maxAheadBytes) {
      this.#paused = true;
      this.#socket.pause();
    }
    this.#wake();
  };
  readonly #onEnd = (): void => {
    this.#ended = true;
    this.#wake();
  };

  constructor(socket: Socket, maxAheadBytes: number) {
    this.#socket = socket;
    this.#maxAheadBytes = maxAheadBytes;
    this.#listen();
  }

  /** The next start-up packet; undefined when the client has gone. @throws FramingError */
  startup(maxBytes: number): Promise<Message | undefined> {
    return this.#next(() => this.#reader.startup(maxBytes));
  }

  /** The next message; undefined when the client has gone. @throws FramingError */
  message(maxBytes: number): Promise<Message | undefined> {
    return this.#next(() => this.#reader.message(maxBytes));
  }

  /** Whether the client has sent more than was read: before TLS that may be somebody else's. */
  get hasMore(): boolean {
    return this.#reader.bufferedBytes > 0;
  }

  /** Lets go of the socket, for TLS to take it over. */
  detach(): void {
    this.#socket.off("data", this.#onData);
    this.#socket.off("end", this.#onEnd);
    this.#socket.off("close", this.#onEnd);
    this.#socket.pause();
  }

  /** Goes on with the socket that stands on the former one. */
  attach(socket: Socket): void {
    this.#socket = socket;
    this.#listen();
    socket.resume();
  }

  #listen(): void {
    this.#socket.on("data", this.#onData);
    this.#socket.on("end", this.#onEnd);
    this.#socket.on("close", this.#onEnd);
  }

  async #next(take: () => Message | undefined): Promise<Message | undefined> {
    for (;;) {
      const message = take();
      if (message !== undefined || this.#ended) return message;
      await new Promise<void>((resolve) => {
        this.#waiting = resolve;
        if (this.#paused) {
          this.#paused = false;
          this.#socket.resume();
        }
      });
    }
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.();
  }
}
