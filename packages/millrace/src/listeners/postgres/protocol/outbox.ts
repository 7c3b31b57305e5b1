import type { Socket } from "node:net";
import { assert } from "../../../core/assert.ts";

const firstBlockBytes = 4 * 1024;
const maxBlockBytes = 256 * 1024;
const maxSpares = 4;
/** Blocks of rows are handed over before they are full, so that most rows fit without growing. */
const rowRoomBytes = 32 * 1024;

/**
 * What goes to a client. Messages are written into one block of bytes, which is handed to the socket when it
 * is full or flushed. Large blocks are used again once the socket has let go of them, so that an answer of any
 * length costs a few of them.
 *
 *   message => Byte1 type, Int32 length (itself included, the type not), body
 */
export class Outbox {
  readonly #socket: Socket;
  readonly #maxUnsentBytes: number;
  /** The block that is being written; whoever writes into it directly asks for room first. */
  block: Buffer = Buffer.alloc(0);
  /** Where the next byte goes. */
  at = 0;
  #messageStart = 0;
  /** Large blocks that the socket has let go of. */
  readonly #spares: Buffer[] = [];
  /** Size of the next block: after a full one the next is expected to fill as well. */
  #nextBytes = firstBlockBytes;
  #closed = false;

  constructor(socket: Socket, maxUnsentBytes: number) {
    this.#socket = socket;
    this.#maxUnsentBytes = maxUnsentBytes;
    socket.once("close", () => {
      this.#closed = true;
    });
  }

  /** Whether the client has gone: what is written then goes nowhere. */
  get closed(): boolean {
    return this.#closed;
  }

  /** Whether rows should wait until the client has taken some. */
  get full(): boolean {
    return this.#socket.writableLength > this.#maxUnsentBytes;
  }

  /** Makes sure of `bytes` behind `at`; the block may be another one afterwards. */
  room(bytes: number): void {
    if (this.at + bytes <= this.block.length) return;
    const needed = this.at + bytes;
    if (needed <= maxBlockBytes && this.#nextBytes === maxBlockBytes) {
      const spare = this.#spares.pop();
      if (spare !== undefined) {
        this.#use(spare);
        return;
      }
    }
    let size = Math.max(this.#nextBytes, this.block.length);
    while (size < needed) size *= 2;
    this.#use(Buffer.allocUnsafeSlow(size));
  }

  #use(block: Buffer): void {
    this.block.copy(block, 0, 0, this.at);
    this.block = block;
  }

  /** Begins a message; `end` writes its length. */
  begin(type: number): void {
    this.room(64);
    this.#messageStart = this.at;
    this.block[this.at] = type;
    this.at += 5;
  }

  end(): void {
    this.block.writeInt32BE(this.at - this.#messageStart - 1, this.#messageStart + 1);
  }

  byte(value: number): void {
    this.room(1);
    this.block[this.at++] = value;
  }

  int16(value: number): void {
    this.room(2);
    this.at = this.block.writeUInt16BE(value & 0xffff, this.at);
  }

  int32(value: number): void {
    this.room(4);
    this.at = this.block.writeInt32BE(value | 0, this.at);
  }

  /** A string of the protocol ends with a zero byte and so cannot hold one. */
  text(value: string): void {
    const clean = value.includes("\0") ? value.replaceAll("\0", "") : value;
    this.room(clean.length * 3 + 1);
    this.at += this.block.write(clean, this.at, "utf8");
    this.block[this.at++] = 0;
  }

  bytes(value: Uint8Array): void {
    this.room(value.length);
    this.block.set(value, this.at);
    this.at += value.length;
  }

  /** A message without a body, or with a short one. */
  send(type: number, body?: Uint8Array): void {
    this.begin(type);
    if (body !== undefined) this.bytes(body);
    this.end();
  }

  /** Hands over what is written when the block is nearly full. To be called between messages. @returns whether it was */
  flushIfFull(): boolean {
    if (this.at <= maxBlockBytes - rowRoomBytes) return false;
    this.#nextBytes = maxBlockBytes;
    this.flush();
    return true;
  }

  flush(): void {
    if (this.at === 0) return;
    const { block, at } = this;
    this.block = Buffer.alloc(0);
    this.at = 0;
    if (this.#closed || !this.#socket.writable) return;
    const whole = at < block.length ? block.subarray(0, at) : block;
    this.#socket.write(whole, () => this.#takeBack(block));
  }

  #takeBack(block: Buffer): void {
    if (
      block.length === maxBlockBytes &&
      this.#nextBytes === maxBlockBytes &&
      this.#spares.length < maxSpares
    )
      this.#spares.push(block);
  }

  /** For a connection that waits for its client: an idle one keeps no large block. */
  rest(): void {
    this.flush();
    this.#spares.length = 0;
    this.#nextBytes = firstBlockBytes;
  }

  /** Resolves when the client has taken enough, or has gone. */
  drained(): Promise<void> {
    if (!this.full || this.#closed) return Promise.resolve();
    assert(this.#socket.writableNeedDrain, "a socket above its mark tells when it has drained");
    return new Promise((resolve) => {
      const done = (): void => {
        this.#socket.off("drain", done);
        this.#socket.off("close", done);
        resolve();
      };
      this.#socket.on("drain", done);
      this.#socket.on("close", done);
    });
  }
}
