/**
 * What a client sends, cut into messages:
 *
 *   start-up  => Int32 length (itself included), body
 *   message   => Byte1 type, Int32 length (itself included, the type not), body
 *
 * Bodies are views that stay whole for as long as somebody holds them: received bytes are never moved in place.
 */
export interface Message {
  /** ASCII code of the type; 0 for a start-up packet. */
  readonly type: number;
  readonly body: Buffer;
}

/** The client has not kept to the framing, or sends more than it may; nothing after it can be understood. */
export class FramingError extends Error {
  override readonly name = "FramingError";
}

const minCapacityBytes = 4_096;
const startupLengthBytes = 4;
const messageHeadBytes = 5;

export class MessageReader {
  #buffer: Buffer = Buffer.alloc(0);
  #start = 0;
  #end = 0;
  /** Whether the buffer is ours to append to; bytes that stand alone stay in the socket's. */
  #owned = false;

  /** Received and not read yet. */
  get bufferedBytes(): number {
    return this.#end - this.#start;
  }

  push(bytes: Buffer): void {
    if (this.#start === this.#end) {
      this.#buffer = bytes;
      this.#owned = false;
      this.#start = 0;
      this.#end = bytes.length;
      return;
    }
    if (this.#end + bytes.length > this.#buffer.length || !this.#owned) this.#grow(bytes.length);
    bytes.copy(this.#buffer, this.#end);
    this.#end += bytes.length;
  }

  /** Undefined until the whole packet is there. @throws FramingError */
  startup(maxBytes: number): Message | undefined {
    if (this.bufferedBytes < startupLengthBytes) return undefined;
    const length = this.#buffer.readInt32BE(this.#start);
    if (length < startupLengthBytes + 4 || length > maxBytes)
      throw new FramingError("invalid length of startup packet");
    return this.#take(0, startupLengthBytes, length);
  }

  /** Undefined until the whole message is there. @throws FramingError */
  message(maxBytes: number): Message | undefined {
    if (this.bufferedBytes < messageHeadBytes) return undefined;
    const length = this.#buffer.readInt32BE(this.#start + 1);
    if (length < 4 || length > maxBytes) throw new FramingError("invalid message length");
    return this.#take(this.#buffer[this.#start] ?? 0, messageHeadBytes, length + 1);
  }

  #take(type: number, headBytes: number, totalBytes: number): Message | undefined {
    if (this.bufferedBytes < totalBytes) return undefined;
    const body = this.#buffer.subarray(this.#start + headBytes, this.#start + totalBytes);
    this.#start += totalBytes;
    if (this.#start === this.#end) this.#release();
    return { type, body };
  }

  /** An idle connection keeps no bytes. */
  #release(): void {
    this.#buffer = Buffer.alloc(0);
    this.#start = 0;
    this.#end = 0;
  }

  /** Doubles, so that a long message in small pieces costs its length and not its square. */
  #grow(moreBytes: number): void {
    const kept = this.bufferedBytes;
    const capacity = Math.max(minCapacityBytes, 2 * (kept + moreBytes));
    const grown = Buffer.allocUnsafeSlow(capacity);
    this.#buffer.copy(grown, 0, this.#start, this.#end);
    this.#buffer = grown;
    this.#owned = true;
    this.#start = 0;
    this.#end = kept;
  }
}
