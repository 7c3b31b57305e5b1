import { connect, type Socket } from "node:net";
import { connect as connectTls, type TLSSocket } from "node:tls";
import { type Message, MessageReader } from "./protocol/message-reader.ts";

const maxBytes = 64 * 1024 * 1024;

export interface Received {
  /** The message's type as its letter. */
  readonly type: string;
  readonly body: Buffer;
}

/** A client that speaks the protocol message by message, well or badly. */
export class WireClient {
  #socket: Socket;
  #reader = new MessageReader();
  readonly #messages: Message[] = [];
  #raw = Buffer.alloc(0);
  #framed = true;
  #closed = false;
  #wake: (() => void) | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    this.#listen();
  }

  static async connect(port: number): Promise<WireClient> {
    const socket = connect(port, "127.0.0.1");
    await new Promise<void>((resolve, reject) => {
      socket.once("connect", resolve);
      socket.once("error", reject);
    });
    return new WireClient(socket);
  }

  /** Connected and logged in. */
  static async login(port: number, parameters: Readonly<Record<string, string>> = {}): Promise<WireClient> {
    const client = await WireClient.connect(port);
    client.start({ user: "awsuser", database: "dev", ...parameters });
    await client.until("Z");
    return client;
  }

  #listen(): void {
    this.#socket.on("data", (bytes: Buffer) => {
      if (!this.#framed) this.#raw = Buffer.concat([this.#raw, bytes]);
      else {
        this.#reader.push(bytes);
        for (let next = this.#take(); next !== undefined; next = this.#take()) this.#messages.push(next);
      }
      this.#wake?.();
    });
    this.#socket.on("error", () => this.#wake?.());
    this.#socket.on("close", () => {
      this.#closed = true;
      this.#wake?.();
    });
  }

  #take(): Message | undefined {
    return this.#reader.message(maxBytes);
  }

  write(bytes: Uint8Array): void {
    this.#socket.write(bytes);
  }

  /** A start-up packet of any content. */
  packet(code: number, rest: Buffer = Buffer.alloc(0)): void {
    const head = Buffer.alloc(8);
    head.writeInt32BE(8 + rest.length);
    head.writeInt32BE(code, 4);
    this.write(Buffer.concat([head, rest]));
  }

  start(parameters: Readonly<Record<string, string>>): void {
    const pairs = Object.entries(parameters).flat();
    this.packet(196_608, Buffer.from(`${pairs.map((text) => `${text}\0`).join("")}\0`));
  }

  send(type: string, body: Buffer = Buffer.alloc(0)): void {
    this.write(messageOf(type, body));
  }

  query(text: string): void {
    this.send("Q", Buffer.from(`${text}\0`));
  }

  parse(name: string, text: string, oids: readonly number[] = []): void {
    this.send(
      "P",
      Buffer.concat([Buffer.from(`${name}\0${text}\0`), int16(oids.length), ...oids.map(int32)]),
    );
  }

  bind(
    portal: string,
    statement: string,
    values: readonly (Buffer | string | null)[] = [],
    formats: readonly number[] = [],
    results: readonly number[] = [],
  ): void {
    const cells = values.flatMap((value) => {
      const bytes = typeof value === "string" ? Buffer.from(value) : value;
      return bytes === null ? [int32(-1)] : [int32(bytes.length), bytes];
    });
    const lists = [int16(formats.length), ...formats.map(int16), int16(values.length), ...cells];
    const tail = [int16(results.length), ...results.map(int16)];
    this.send("B", Buffer.concat([Buffer.from(`${portal}\0${statement}\0`), ...lists, ...tail]));
  }

  describe(kind: "S" | "P", name: string): void {
    this.send("D", Buffer.from(`${kind}${name}\0`));
  }

  execute(portal: string, rows = 0): void {
    this.send("E", Buffer.concat([Buffer.from(`${portal}\0`), int32(rows)]));
  }

  sync(): void {
    this.send("S");
  }

  /** The next message; undefined when the server has closed the connection. */
  async next(): Promise<Received | undefined> {
    for (;;) {
      const message = this.#messages.shift();
      if (message !== undefined) return { type: String.fromCharCode(message.type), body: message.body };
      if (this.#closed) return undefined;
      await this.#more();
    }
  }

  /** All messages up to the first of the given type, or to the end of the connection. */
  async until(type: string): Promise<readonly Received[]> {
    const all: Received[] = [];
    for (;;) {
      const message = await this.next();
      if (message === undefined) return all;
      all.push(message);
      if (message.type === type) return all;
    }
  }

  /** Their types, as one word. */
  async typesUntil(type: string): Promise<string> {
    return (await this.until(type)).map((message) => message.type).join("");
  }

  /** Unframed bytes: answers to TLS requests and to clients of other versions. */
  async raw(count: number): Promise<string> {
    while (this.#raw.length < count && !this.#closed) await this.#more();
    const text = this.#raw.toString("latin1", 0, count);
    this.#raw = this.#raw.subarray(count);
    return text;
  }

  unframed(): void {
    this.#framed = false;
  }

  async startTls(): Promise<void> {
    this.unframed();
    this.packet(80_877_103);
    if ((await this.raw(1)) !== "S") throw new Error("the server does without TLS");
    this.#socket.removeAllListeners("data");
    this.#socket.removeAllListeners("close");
    const secure: TLSSocket = connectTls({ socket: this.#socket, rejectUnauthorized: false });
    await new Promise<void>((resolve, reject) => {
      secure.once("secureConnect", resolve);
      secure.once("error", reject);
    });
    this.#framed = true;
    this.#reader = new MessageReader();
    this.#socket = secure;
    this.#listen();
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  /** Goes without a word. */
  destroy(): void {
    this.#socket.destroy();
  }

  async closed(): Promise<void> {
    while (!this.#closed) await this.#more();
  }

  async #more(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    this.#wake = undefined;
  }
}

function messageOf(type: string, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(type, "latin1"), int32(body.length + 4), body]);
}

export function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
}

export function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

/** The fields of an ErrorResponse or NoticeResponse by their letters. */
export function fieldsOf(message: Received | undefined): Readonly<Record<string, string>> {
  const fields: Record<string, string> = {};
  for (const text of message?.body.toString("utf8").split("\0") ?? [])
    if (text !== "") fields[text[0] ?? ""] = text.slice(1);
  return fields;
}

/** The values of a DataRow as bytes. */
export function cellsOf(message: Received): readonly (Buffer | null)[] {
  const { body } = message;
  const cells: (Buffer | null)[] = [];
  let at = 2;
  for (let index = 0; index < body.readInt16BE(0); index++) {
    const length = body.readInt32BE(at);
    at += 4;
    cells.push(length < 0 ? null : body.subarray(at, at + length));
    at += Math.max(length, 0);
  }
  if (at !== body.length) throw new Error("a DataRow has bytes too many");
  return cells;
}

/** The rows among messages, as texts. */
export function rowsOf(messages: readonly Received[]): readonly (readonly (string | null)[])[] {
  return messages
    .filter((message) => message.type === "D")
    .map((message) => cellsOf(message).map((cell) => cell?.toString("utf8") ?? null));
}
