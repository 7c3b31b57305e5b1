/** What stands for a document that only jq can say something about: an index into what has none. */
export const undecided: unique symbol = Symbol("undecided");

type Step = string | number;

interface Entry {
  readonly key: string;
  readonly path: readonly Step[];
}

/**
 * The programs that nearly everybody writes, which need no jq:
 *
 *     program := "{" entry ( "," entry )* "}"
 *     entry   := name | key ":" path
 *     key     := name | string
 *     path    := "." step* | step+
 *     step    := "." name | "." string | "[" string "]" | "[" number "]"
 *
 * Strings have neither escapes nor interpolation. Everything else is jq's own business: an index into a
 * string, for instance, which is an error with jq's own words.
 */
export class PathProgram {
  readonly #entries: readonly Entry[];
  /** The members of the objects that it makes. */
  readonly keys: readonly string[];

  private constructor(entries: readonly Entry[]) {
    this.#entries = entries;
    this.keys = entries.map(({ key }) => key);
  }

  /** Undefined when the program is of another kind. */
  static parse(program: string): PathProgram | undefined {
    const entries = new EntryReader(program).read();
    return entries === undefined ? undefined : new PathProgram(entries);
  }

  /** The object that the program makes of a document, or `undecided`. */
  run(document: unknown): Record<string, unknown> | typeof undecided {
    const result: Record<string, unknown> = Object.create(null);
    for (const { key, path } of this.#entries) {
      let value = document;
      for (const step of path) {
        value = index(value, step);
        if (value === undecided) return undecided;
      }
      result[key] = value;
    }
    return result;
  }
}

function index(value: unknown, step: Step): unknown {
  if (value === null) return null;
  if (typeof value !== "object") return undecided;
  if (Array.isArray(value)) {
    if (typeof step !== "number") return undecided;
    return value[step < 0 ? value.length + step : step] ?? null;
  }
  if (typeof step !== "string") return undecided;
  return Object.hasOwn(value, step) ? (value as Record<string, unknown>)[step] : null;
}

class EntryReader {
  #rest: string;

  constructor(program: string) {
    this.#rest = program;
  }

  read(): readonly Entry[] | undefined {
    if (this.#take(/^\{/) === undefined) return undefined;
    const entries: Entry[] = [];
    do {
      const entry = this.#entry();
      if (entry === undefined) return undefined;
      entries.push(entry);
    } while (this.#take(/^,/) !== undefined);
    return this.#take(/^\}/) !== undefined && this.#rest.trim() === "" ? entries : undefined;
  }

  #entry(): Entry | undefined {
    const name = this.#take(/^[A-Za-z_]\w*/);
    const key = name ?? this.#string();
    if (key === undefined) return undefined;
    if (this.#take(/^:/) !== undefined) {
      const path = this.#path();
      return path === undefined ? undefined : { key, path };
    }
    return name === undefined ? undefined : { key: name, path: [name] };
  }

  #path(): readonly Step[] | undefined {
    const steps: Step[] = [];
    for (let first = true; ; first = false) {
      const step = this.#step(first);
      if (step === undefined) break;
      steps.push(step);
    }
    if (steps.length > 0) return steps;
    return this.#take(/^\.(?![.\w["])/) === undefined ? undefined : steps;
  }

  #step(isFirst: boolean): Step | undefined {
    const named = this.#take(/^\.[A-Za-z_]\w*/);
    if (named !== undefined) return named.slice(1);
    const quoted = this.#take(/^\."[^"\\]*"/);
    if (quoted !== undefined) return quoted.slice(2, -1);
    const bracketed = this.#take(
      isFirst ? /^\.\[\s*("[^"\\]*"|-?\d{1,9})\s*\]/ : /^\[\s*("[^"\\]*"|-?\d{1,9})\s*\]/,
    );
    if (bracketed === undefined) return undefined;
    const inner = bracketed.slice(bracketed.indexOf("[") + 1, -1).trim();
    return inner.startsWith('"') ? inner.slice(1, -1) : Number(inner);
  }

  #string(): string | undefined {
    return this.#take(/^"[^"\\]*"/)?.slice(1, -1);
  }

  /** What the pattern matches here, without the space before and after it. */
  #take(pattern: RegExp): string | undefined {
    const rest = this.#rest.trimStart();
    const found = pattern.exec(rest);
    if (found === null) return undefined;
    this.#rest = rest.slice(found[0].length);
    return found[0];
  }
}
