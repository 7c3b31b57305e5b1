import { invalidInput } from "./errors.ts";
import { type PatternNode, parsePattern } from "./name-pattern-parser.ts";

/** States that a pattern may have: repetitions with bounds are written out. */
const maxStates = 5000;

/** One state: it takes a character, or goes on to others without one. */
interface State {
  readonly takes?: ((character: string) => boolean) | undefined;
  readonly next: number[];
}

/**
 * The names that a pattern of GetTables describes, whole names and without regard to case. It runs all
 * alternatives at once, so that no pattern takes more than its length times that of a name.
 *
 * @throws InvalidInputException when the text is no pattern
 */
export function namePattern(text: string): (name: string) => boolean {
  const machine = new Machine();
  const start = machine.add({ next: [] });
  const end = machine.build(parsePattern(text), start);
  return (name) => machine.accepts(name.toLowerCase(), start, end);
}

class Machine {
  readonly #states: State[] = [];

  add(state: State): number {
    if (this.#states.length >= maxStates) throw invalidInput("The Expression is too complex.");
    return this.#states.push(state) - 1;
  }

  /** Adds the states of a node behind a state; answers the state that it ends in. */
  build(node: PatternNode, from: number): number {
    switch (node.kind) {
      case "character": {
        const end = this.add({ next: [] });
        this.#link(from, this.add({ takes: node.takes, next: [end] }));
        return end;
      }
      case "sequence":
        return node.parts.reduce((at, part) => this.build(part, at), from);
      case "choice": {
        const end = this.add({ next: [] });
        for (const option of node.options) {
          const start = this.add({ next: [] });
          this.#link(from, start);
          this.#link(this.build(option, start), end);
        }
        return end;
      }
      case "repeat":
        return this.#repeat(node, from);
    }
  }

  accepts(text: string, start: number, end: number): boolean {
    let current = this.#closure([start]);
    for (const character of text) {
      const taken: number[] = [];
      for (const state of current) {
        const { takes, next } = this.#states[state] ?? { next: [] };
        if (takes?.(character)) taken.push(...next);
      }
      if (taken.length === 0) return false;
      current = this.#closure(taken);
    }
    return current.has(end);
  }

  #repeat({ part, min, max }: Extract<PatternNode, { kind: "repeat" }>, from: number): number {
    let at = from;
    for (let count = 0; count < min; count++) at = this.build(part, at);
    const end = this.add({ next: [] });
    if (max === undefined) {
      const loop = this.add({ next: [end] });
      this.#link(at, loop);
      this.#link(this.build(part, loop), loop);
      return end;
    }
    for (let count = min; count < max; count++) {
      this.#link(at, end);
      at = this.build(part, this.#after(at));
    }
    this.#link(at, end);
    return end;
  }

  /** A fresh state behind another, so that what is built on it stays apart. */
  #after(state: number): number {
    const fresh = this.add({ next: [] });
    this.#link(state, fresh);
    return fresh;
  }

  #link(from: number, to: number): void {
    this.#states[from]?.next.push(to);
  }

  /** All states that are reached without taking a character. */
  #closure(from: readonly number[]): ReadonlySet<number> {
    const reached = new Set(from);
    for (const state of reached) {
      const { takes, next } = this.#states[state] ?? { next: [] };
      if (takes === undefined) for (const other of next) reached.add(other);
    }
    return reached;
  }
}
