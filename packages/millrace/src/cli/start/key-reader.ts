import type { InputStream } from "../command-io.ts";

/** What a key does. Keys come one at a time: the next waits until the one before is done. */
export type OnKey = (key: string) => Promise<void> | void;

const controlC = "\u0003";
const controlD = "\u0004";
const controlZ = "\u001a";
/** Arrows and the like come as several characters; none of them means anything here. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they begin with one.
const escapeSequence = /\u001b(?:\[[0-9;?]*[ -/]*[@-~]|O.|.)?/g;
const resumeMs = 100;
/** Keys that somebody may press while one is being worked on. */
const maxWaitingKeys = 16;

/**
 * Single keys of a terminal in raw mode. The mode is put back on every way out: when it is stopped, when the process
 * exits, and while it is suspended.
 */
export class KeyReader {
  readonly #input: InputStream;
  readonly #onKey: OnKey;
  readonly #waiting: string[] = [];
  #isBusy = false;
  #isReading = false;
  /** Takes the next key instead of `onKey`, as the answer to a question. */
  #answer: ((key: string) => void) | undefined;

  constructor(input: InputStream, onKey: OnKey) {
    this.#input = input;
    this.#onKey = onKey;
  }

  start(): void {
    if (this.#isReading) return;
    this.#isReading = true;
    this.#input.setRawMode?.(true);
    this.#input.setEncoding("utf8");
    this.#input.on("data", this.#take);
    this.#input.resume();
    process.on("exit", this.#restore);
    process.on("SIGCONT", this.#resume);
  }

  stop(): void {
    if (!this.#isReading) return;
    this.#isReading = false;
    this.#input.off("data", this.#take);
    this.#input.pause();
    this.#restore();
    process.off("exit", this.#restore);
    process.off("SIGCONT", this.#resume);
    this.#answer?.("");
  }

  /** The next key, as the answer to a question; empty when reading is stopped. */
  nextKey(): Promise<string> {
    return new Promise((resolve) => {
      this.#answer = (key) => {
        this.#answer = undefined;
        resolve(key);
      };
    });
  }

  readonly #take = (chunk: string | Buffer): void => {
    for (const key of chunk.toString().replaceAll(escapeSequence, "")) this.#press(key);
  };

  #press(key: string): void {
    if (key === controlC) process.kill(process.pid, "SIGINT");
    else if (key === controlZ) this.#suspend();
    else if (this.#answer !== undefined) this.#answer(key);
    else if (this.#waiting.length < maxWaitingKeys) {
      this.#waiting.push(key === controlD ? "x" : key.toLowerCase());
      void this.#work();
    }
  }

  async #work(): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      for (let key = this.#waiting.shift(); key !== undefined; key = this.#waiting.shift())
        await this.#onKey(key);
    } finally {
      this.#isBusy = false;
    }
  }

  #suspend(): void {
    if (process.platform === "win32") return;
    this.#restore();
    // As the terminal does: to everybody who runs in front, such as the npx that has started this.
    process.kill(0, "SIGTSTP");
    // Where nobody could go on with it, it is not suspended.
    setTimeout(this.#resume, resumeMs).unref();
  }

  readonly #resume = (): void => {
    if (this.#isReading) this.#input.setRawMode?.(true);
  };

  readonly #restore = (): void => {
    this.#input.setRawMode?.(false);
  };
}
