import type { ExchangeMessage, ExchangeTransport } from "./exchange.ts";

/** The exchanges of subtasks that share a thread. */
export class LocalExchange {
  readonly #queues = new Map<string, ExchangeMessage[]>();
  readonly #waiting = new Map<string, (message: ExchangeMessage) => void>();

  transport(subtask: number): ExchangeTransport {
    return {
      send: (exchange, receiver, message) => this.#send(`${exchange}/${subtask}/${receiver}`, message),
      receive: (exchange, sender) => this.#receive(`${exchange}/${sender}/${subtask}`),
    };
  }

  #send(lane: string, message: ExchangeMessage): void {
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

  #receive(lane: string): Promise<ExchangeMessage> {
    const message = this.#queues.get(lane)?.shift();
    if (message !== undefined) return Promise.resolve(message);
    return new Promise((resolve) => this.#waiting.set(lane, resolve));
  }
}
