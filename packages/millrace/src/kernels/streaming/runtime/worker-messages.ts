import type { MessagePort } from "node:worker_threads";
import type { ExchangeMessage } from "./exchange.ts";
import type { SubtaskStart } from "./subtask-port.ts";

/** The first message to a thread: which subtask it is. */
export interface WorkerStart {
  readonly start: SubtaskStart;
  /** To the thread of each other subtask, by its number. */
  readonly peers: readonly (MessagePort | undefined)[];
}

export interface PeerMessage {
  readonly exchange: number;
  readonly message: ExchangeMessage;
}
