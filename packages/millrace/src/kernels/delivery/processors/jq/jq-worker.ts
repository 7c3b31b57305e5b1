import { parentPort, receiveMessageOnPort, workerData } from "node:worker_threads";
import { JqHost } from "./jq-host.ts";
import type { JqAnswer, JqStart } from "./jq-messages.ts";

/** Of what one batch may make; jq is ended when it writes more. */
const maxOutputBytes = 16 * 2 ** 20;
const maxErrorBytes = 16 * 1024;

/**
 * One jq process. It runs its program once and for as long as input comes: when jq asks for more than there
 * is, everything before has been worked through, so that is when the output is handed over.
 */
class JqThread {
  readonly #start: JqStart;
  readonly #arrived: Int32Array;
  #pending: Uint8Array = new Uint8Array();
  #output: Uint8Array[] = [];
  #outputBytes = 0;
  #errors = "";

  constructor(start: JqStart) {
    this.#start = start;
    this.#arrived = new Int32Array(start.arrived);
  }

  run(): void {
    let status = 5;
    try {
      const host = new JqHost(this.#start.module, {
        read: (maxBytes) => this.#read(maxBytes),
        write: (descriptor, bytes) => this.#write(descriptor, bytes),
      });
      status = host.run(this.#start.arguments);
    } catch (thrown) {
      this.#errors += thrown instanceof Error ? thrown.message : String(thrown);
    }
    this.#answer({ kind: "ended", status, output: this.#takeOutput(), errors: this.#errors });
  }

  #read(maxBytes: number): Uint8Array {
    if (this.#pending.length === 0) {
      this.#answer({ kind: "idle", output: this.#takeOutput() });
      const next = this.#wait();
      if (next === null) return new Uint8Array();
      this.#pending = next;
    }
    const bytes = this.#pending.subarray(0, maxBytes);
    this.#pending = this.#pending.subarray(bytes.length);
    return bytes;
  }

  #wait(): Uint8Array | null {
    for (;;) {
      const seen = Atomics.load(this.#arrived, 0);
      const received = receiveMessageOnPort(this.#start.input);
      if (received !== undefined) return received.message as Uint8Array | null;
      Atomics.wait(this.#arrived, 0, seen);
    }
  }

  #write(descriptor: 1 | 2, bytes: Uint8Array): void {
    if (descriptor === 2) {
      const room = maxErrorBytes - this.#errors.length;
      this.#errors += Buffer.from(bytes).toString("utf8").slice(0, Math.max(room, 0));
      return;
    }
    this.#outputBytes += bytes.length;
    if (this.#outputBytes > maxOutputBytes) throw new Error("jq wrote too much");
    this.#output.push(bytes);
  }

  #takeOutput(): Uint8Array {
    const output = Buffer.concat(this.#output);
    this.#output = [];
    this.#outputBytes = 0;
    return output;
  }

  #answer(answer: JqAnswer): void {
    parentPort?.postMessage(answer);
  }
}

new JqThread(workerData as JqStart).run();
