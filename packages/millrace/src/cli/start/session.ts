import { createWriteStream } from "node:fs";
import { resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import { systemClock } from "../../core/clock.ts";
import { messageOf } from "../../core/errors.ts";
import type { Millrace } from "../../server/millrace.ts";
import type { CommandIo } from "../command-io.ts";
import { quantity } from "../progress.ts";
import { KeyReader } from "./key-reader.ts";
import { openInBrowser } from "./open-browser.ts";
import { requestLine } from "./request-line.ts";
import { hotkeyLines, hotkeys, type StartedState } from "./summary.ts";

/** How long one wait for the next request lasts. */
const requestWaitMs = 60_000;
const maxRequestsAtOnce = 200;

/** The terminal of a running Millrace: keys, and requests as they come. */
export class StartSession {
  readonly #millrace: Millrace;
  readonly #state: StartedState;
  readonly #io: CommandIo;
  readonly #onExit: () => void;
  readonly #keys: KeyReader;
  #requests: AbortController | undefined;

  constructor(millrace: Millrace, state: StartedState, io: CommandIo, onExit: () => void) {
    this.#millrace = millrace;
    this.#state = state;
    this.#io = io;
    this.#onExit = onExit;
    this.#keys = new KeyReader(io.stdin, (key) => this.#press(key));
  }

  start(): void {
    this.#showKeys();
    this.#keys.start();
  }

  /** Puts the terminal back. */
  stop(): void {
    this.#requests?.abort();
    this.#keys.stop();
  }

  #showKeys(): void {
    const keys =
      this.#state.console === undefined ? hotkeys.filter(({ key }) => !"oq".includes(key)) : hotkeys;
    for (const line of hotkeyLines(keys, this.#io.columns, this.#io)) this.#io.print(line);
    this.#io.print();
  }

  async #press(key: string): Promise<void> {
    const { console } = this.#state;
    if (key === "x") this.#onExit();
    else if (key === "o" && console !== undefined) await openInBrowser(console, this.#io);
    else if (key === "q" && console !== undefined) await openInBrowser(`${console}query`, this.#io);
    else if (key === "r") await this.#attempt(() => this.#reset());
    else if (key === "s") await this.#attempt(() => this.#save());
    else if (key === "v") this.toggleRequests();
    else if (key === "h" || key === "?") this.#showKeys();
    else if (key === "\r" || key === "\n") this.#io.print();
  }

  async #attempt(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      this.#io.print(`  ${this.#io.style("red", messageOf(error))}`);
    }
  }

  async #reset(): Promise<void> {
    const { stdout } = this.#io;
    const what = this.#state.durability === "memory" ? "everything" : `everything in ${this.#state.data}`;
    stdout.write(`  Remove ${what}? ${this.#io.style("dim", "y removes it, any other key does not")} `);
    const answer = (await this.#keys.nextKey()).toLowerCase();
    stdout.write("\n");
    if (answer !== "y") {
      this.#io.print("  Nothing was removed.");
      return;
    }
    await this.#millrace.reset();
    this.#io.print(`  ${this.#io.style("green", "✓")} All services are empty.`);
  }

  async #save(): Promise<void> {
    const at = new Date(systemClock.now()).toISOString().slice(0, 19).replaceAll(":", "-");
    const path = resolve(`millrace-${at}.tar.zst`);
    this.#io.print("  Saving the state; requests wait meanwhile.");
    const { content, bytes } = await this.#millrace.snapshots.save();
    await pipeline(content, createWriteStream(path, { flags: "wx", mode: 0o600 }));
    this.#io.print(`  ${this.#io.style("green", "✓")} ${quantity(bytes, "bytes")} in ${path}`);
  }

  /** Shows requests as they come, or stops to. */
  toggleRequests(): void {
    if (this.#requests !== undefined) {
      this.#requests.abort();
      this.#requests = undefined;
      this.#io.print(`  ${this.#io.style("dim", "Requests are no longer shown.")}`);
      return;
    }
    this.#io.print(`  ${this.#io.style("dim", "Requests are shown as they come; v stops that.")}`);
    this.#requests = new AbortController();
    void showRequests(this.#millrace, this.#io, this.#requests.signal);
  }
}

/** Prints each request from now on, until the signal. */
export async function showRequests(millrace: Millrace, io: CommandIo, signal: AbortSignal): Promise<void> {
  const { feed } = millrace.requests;
  let cursor = feed.last;
  while (!signal.aborted && (await feed.wait(cursor, requestWaitMs, systemClock, signal))) {
    const { items, next, missed } = feed.page(cursor, maxRequestsAtOnce, () => true);
    cursor = next;
    if (signal.aborted) return;
    if (missed > 0) io.print(io.style("dim", `  ${missed} requests came too fast to be shown.`));
    for (const item of items) io.print(requestLine(item, io.columns, io));
  }
}
