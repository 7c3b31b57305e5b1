import type { MessagePort } from "node:worker_threads";
import { transferables } from "../columns/index.ts";
import type { ExchangeMessage, ExchangeTransport } from "./exchange.ts";
import type { PeerMessage } from "./worker-messages.ts";

/** The exchanges of a subtask that has a thread of its own: one port to each other one. */
export class ThreadExchange implements ExchangeTransport {
  readonly #peers: readonly (MessagePort | undefined)[];
  readonly #queues = new Map<string, ExchangeMessage[]>();
  readonly #waiting = new Map<string, (message: ExchangeMessage) => void>();

  constructor(peers: readonly (MessagePort | undefined)[]) {
    this.#peers = peers;
    for (const [sender, port] of peers.entries()) {
      port?.on("message", ({ exchange, message }: PeerMessage) => {
        this.#arrived(`${exchange}/${sender}`, message);
      });
    }
  }

  send(exchange: number, receiver: number, message: ExchangeMessage): void {
    const sent: PeerMessage = { exchange, message };
    this.#peers[receiver]?.postMessage(sent, [...new Set(message.batches.flatMap(transferables))]);
  }

  receive(exchange: number, sender: number): Promise<ExchangeMessage> {
    const lane = `${exchange}/${sender}`;
    const message = this.#queues.get(lane)?.shift();
    if (message !== undefined) return Promise.resolve(message);
    return new Promise((resolve) => this.#waiting.set(lane, resolve));
  }

  #arrived(lane: string, message: ExchangeMessage): void {
    const waiting = this.#waiting.get(lane);
    if (waiting !== undefined) {
      this.#waiting.delete(lane);
      waiting(message);
      return;
    }
    const queue = this.#queues.get(lane);
    if (queue === undefined) this.#queues.set(lane, [message]);
    else queue.push(message);
  }
}
