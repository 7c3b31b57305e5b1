/** What is wrong with an exclude pattern, in a sentence for whoever wrote it. */
export class PatternError extends Error {
  override readonly name = "PatternError";
}

/** Takes one character, by its code unit, and leads to the next states. */
interface State {
  /** Undefined for a state that takes nothing. */
  readonly takes: ((unit: number) => boolean) | undefined;
  readonly next: number[];
}

/** Longer patterns are refused, so that a match of the longest key stays cheap. */
const maxPatternChars = 1024;
const slash = 0x2f;

/**
 * One of Glue's exclude patterns:
 *
 *   pattern  => *( "**" | "*" | "?" | bracket | group | escaped | character )
 *   bracket  => "[" [ "!" ] 1*( character "-" character | character ) "]"
 *   group    => "{" pattern *( "," pattern ) "}"         groups cannot be nested
 *   escaped  => "\" character
 *
 * `**` matches any characters, `*`, `?` and brackets match any but `/`. The pattern becomes a finite automaton
 * that is run on all its states at once, so that no pattern takes longer than its length times the text's.
 */
export class GlobPattern {
  readonly #states: readonly State[];

  /** @throws PatternError */
  constructor(pattern: string) {
    if (pattern.length > maxPatternChars)
      throw new PatternError(`An exclude pattern has at most ${maxPatternChars} characters.`);
    this.#states = new PatternReader(pattern).read();
  }

  /** Whether the pattern matches the whole text. */
  matches(text: string): boolean {
    let current = new Set<number>();
    this.#enter(0, current);
    for (let at = 0; at < text.length && current.size > 0; at += 1) {
      const following = new Set<number>();
      const unit = text.charCodeAt(at);
      for (const index of current) {
        const state = this.#states[index];
        if (state?.takes?.(unit) === true) for (const next of state.next) this.#enter(next, following);
      }
      current = following;
    }
    return current.has(this.#states.length - 1);
  }

  /** Adds a state, and those that can be reached from it without a character. */
  #enter(index: number, into: Set<number>): void {
    const waiting = [index];
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      if (into.has(at)) continue;
      into.add(at);
      const state = this.#states[at];
      if (state !== undefined && state.takes === undefined) waiting.push(...state.next);
    }
  }
}

const anything = (): boolean => true;
const withinName = (unit: number): boolean => unit !== slash;

class PatternReader {
  readonly #text: string;
  readonly #states: State[] = [];
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** The states; the first is where it starts, the last where it has matched. */
  read(): readonly State[] {
    const end = this.#sequence(this.#add(undefined), false);
    const last = this.#add(undefined);
    this.#link(end, last);
    return this.#states;
  }

  /** Reads up to the end, or inside a group up to its comma or brace, and answers the state behind it. */
  #sequence(start: number, inGroup: boolean): number {
    let at = start;
    for (;;) {
      const char = this.#text[this.#at];
      if (char === undefined || (inGroup && (char === "," || char === "}"))) return at;
      this.#at += 1;
      if (char === "*") at = this.#star(at);
      else if (char === "?") at = this.#step(at, withinName);
      else if (char === "[") at = this.#step(at, this.#bracket());
      else if (char === "{") {
        if (inGroup) throw new PatternError(`Groups cannot be nested: ${this.#text}`);
        at = this.#group(at);
      } else at = this.#step(at, same(char === "\\" ? this.#escaped() : char));
    }
  }

  #star(from: number): number {
    const crosses = this.#text[this.#at] === "*";
    while (this.#text[this.#at] === "*") this.#at += 1;
    const loop = this.#add(crosses ? anything : withinName);
    const after = this.#add(undefined);
    this.#link(from, loop);
    this.#link(from, after);
    this.#link(loop, loop);
    this.#link(loop, after);
    return after;
  }

  #group(from: number): number {
    const after = this.#add(undefined);
    for (;;) {
      const start = this.#add(undefined);
      this.#link(from, start);
      this.#link(this.#sequence(start, true), after);
      const char = this.#text[this.#at];
      if (char === undefined) throw new PatternError(`A group is not closed: ${this.#text}`);
      this.#at += 1;
      if (char === "}") return after;
    }
  }

  #bracket(): (unit: number) => boolean {
    const close = this.#text.indexOf("]", this.#at + (this.#text[this.#at] === "!" ? 2 : 1));
    if (close < 0) throw new PatternError(`A bracket is not closed: ${this.#text}`);
    const negated = this.#text[this.#at] === "!";
    const set = this.#text.slice(this.#at + (negated ? 1 : 0), close);
    this.#at = close + 1;
    const ranges: (readonly [number, number])[] = [];
    for (let at = 0; at < set.length; at += 1) {
      const first = set.charCodeAt(at);
      const isRange = at > 0 || set[0] !== "-" ? set[at + 1] === "-" && at + 2 < set.length : false;
      const last = isRange ? set.charCodeAt(at + 2) : first;
      if (last < first) throw new PatternError(`A range ends before it begins: ${this.#text}`);
      ranges.push([first, last]);
      if (isRange) at += 2;
    }
    return (unit) =>
      unit !== slash && ranges.some(([first, last]) => unit >= first && unit <= last) !== negated;
  }

  #escaped(): string {
    const char = this.#text[this.#at];
    if (char === undefined) throw new PatternError(`Nothing follows the last backslash: ${this.#text}`);
    this.#at += 1;
    return char;
  }

  #step(from: number, takes: (unit: number) => boolean): number {
    const state = this.#add(takes);
    const after = this.#add(undefined);
    this.#link(from, state);
    this.#link(state, after);
    return after;
  }

  #add(takes: State["takes"]): number {
    this.#states.push({ takes, next: [] });
    return this.#states.length - 1;
  }

  #link(from: number, to: number): void {
    this.#states[from]?.next.push(to);
  }
}

function same(char: string): (unit: number) => boolean {
  const wanted = char.charCodeAt(0);
  return (unit) => unit === wanted;
}
