import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { assert } from "../../../core/assert.ts";
import type { Delivery, DeliveryRecord, EncodedBatch } from "../../../kernels/delivery/index.ts";
import { toOffset } from "../../../kernels/log/index.ts";

export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

type Answer = (request: ReceivedRequest, response: ServerResponse) => void;

/** A server of the other side: keeps what it received, and answers as the test says. */
export class Receiver implements AsyncDisposable {
  readonly received: ReceivedRequest[] = [];
  readonly #server: Server;

  private constructor(answer: Answer) {
    this.#server = createServer((message, response) => {
      const parts: Buffer[] = [];
      message.on("data", (part: Buffer) => parts.push(part));
      message.on("end", () => {
        const { method = "", url: path = "", headers } = message;
        const request = { method, path, headers, body: Buffer.concat(parts) };
        this.received.push(request);
        answer(request, response);
      });
    });
  }

  static async start(answer: Answer): Promise<Receiver> {
    const receiver = new Receiver(answer);
    await new Promise<void>((resolve) => receiver.#server.listen(0, "127.0.0.1", resolve));
    return receiver;
  }

  get url(): URL {
    const { port } = this.#server.address() as AddressInfo;
    return new URL(`http://127.0.0.1:${port}/in?tenant=a`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

export function answerJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
}

export function testRecords(...texts: readonly string[]): DeliveryRecord[] {
  return texts.map((text, i) => ({
    data: Buffer.from(text),
    arrivalTimeMs: 1_000 + i,
    offset: toOffset(10 + i),
  }));
}

export function testDelivery(records: readonly DeliveryRecord[], attempt: number = 1): Delivery {
  const first = records[0];
  assert(first !== undefined, "a delivery has records");
  const encoded: EncodedBatch = {
    recordCount: records.length,
    sizeBytes: records.reduce((sum, { data }) => sum + data.byteLength, 0),
    records,
    async *read() {
      for (const { data } of records) yield data;
    },
    dispose: async () => {},
  };
  const { offset: firstOffset, arrivalTimeMs: firstArrivalTimeMs } = first;
  const identity = { scope: "stream destination", partition: { id: "" }, firstOffset, firstArrivalTimeMs };
  return { identity, encoded, remaining: records, attempt };
}
