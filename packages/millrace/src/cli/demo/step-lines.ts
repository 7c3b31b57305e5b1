import type { CommandIo } from "../command-io.ts";
import type { Progress, ProgressOptions } from "../progress.ts";

/** What a step says when it is done. */
export interface StepDone<T> {
  readonly text: string;
  /** How much was done, for the rate: `{ amount: 3_000_000, unit: "flights" }`. */
  readonly amount?: { readonly amount: number; readonly unit: string };
  readonly value: T;
}

export interface StepRecord {
  readonly name: string;
  readonly text: string;
  readonly ms: number;
}

const maxColumns = 100;
const nameCells = 9;
const clearLine = "\r\u001b[2K";

/**
 * Prints one line a step: a mark, its name, what it did, how long it took. While a step runs, a terminal shows that it
 * does.
 */
export class StepLines {
  readonly done: StepRecord[] = [];
  readonly #io: CommandIo;
  readonly #isQuiet: boolean;

  /** @param isQuiet Nothing is printed: the steps are only recorded. */
  constructor(io: CommandIo, isQuiet: boolean) {
    this.#io = io;
    this.#isQuiet = isQuiet;
  }

  /** Runs a step. `doing` stands in its place while it runs. */
  async step<T>(
    name: string,
    doing: string,
    work: (progress: (options: Omit<ProgressOptions, "label">) => Promise<Progress>) => Promise<StepDone<T>>,
  ): Promise<T> {
    const startedMs = performance.now();
    let bar: Progress | undefined;
    this.#showDoing(doing);
    try {
      const { text, amount, value } = await work(async (options) => {
        this.#clear();
        bar = await this.#io.progress({ ...options, label: `  · ${doing.replace(/ .*/, "")}` });
        return bar;
      });
      const ms = performance.now() - startedMs;
      bar?.stop();
      this.#clear();
      this.done.push({ name, text, ms: Math.round(ms) });
      this.#print("✓", name, text, ms, amount);
      return value;
    } catch (error) {
      bar?.stop();
      this.#clear();
      if (!this.#isQuiet)
        this.#io.print(`  ${this.#io.style("red", "✗")} ${name.padEnd(nameCells)} ${doing}`);
      throw error;
    }
  }

  /** A title over what follows. */
  heading(text: string): void {
    if (!this.#isQuiet) this.#io.print(`\n  ${this.#io.style("bold", text)}`);
  }

  /** A line below a heading. */
  line(text = ""): void {
    if (!this.#isQuiet) this.#io.print(text === "" ? "" : `  ${text}`);
  }

  #showDoing(doing: string): void {
    if (this.#io.isTerminal && !this.#isQuiet) {
      const text = doing.slice(0, this.#io.columns - nameCells);
      this.#io.stdout.write(`  ${this.#io.style("dim", `· ${text} ...`)}`);
    }
  }

  #clear(): void {
    if (this.#io.isTerminal && !this.#isQuiet) this.#io.stdout.write(clearLine);
  }

  #print(mark: string, name: string, text: string, ms: number, amount: StepDone<unknown>["amount"]): void {
    if (this.#isQuiet) return;
    const seconds = `${(ms / 1000).toFixed(1)} s`.padStart(8);
    const rate = amount === undefined ? "" : rateOf(amount, ms);
    const columns = Math.min(maxColumns, this.#io.columns);
    const before = 4 + nameCells + 1;
    const room = columns - before - seconds.length - 1;
    const shown = fitted(text, rate, room);
    this.#io.print(
      `  ${this.#io.style("green", mark)} ${name.padEnd(nameCells)} ${shown}${this.#io.style("dim", seconds)}`,
    );
  }
}

/** What was done and how fast, in `room` cells; the rate is left out where there is none for it. */
function fitted(text: string, rate: string, room: number): string {
  const both = rate === "" ? text : `${text}, ${rate}`;
  if (both.length <= room) return both.padEnd(room);
  if (text.length <= room) return text.padEnd(room);
  return `${text.slice(0, Math.max(0, room - 1))}…`;
}

function rateOf({ amount, unit }: { readonly amount: number; readonly unit: string }, ms: number): string {
  return `${count(Math.round(amount / Math.max(0.001, ms / 1000)))} ${unit}/s`;
}

/** `1 month`, `7 months` */
export function several(amount: number, one: string, many: string = `${one}s`): string {
  return `${count(amount)} ${amount === 1 ? one : many}`;
}

/** `3,000,000` */
export function count(amount: number): string {
  return amount.toLocaleString("en-US");
}
