/** A value in generated code. Both texts may be read more than once: names and literals. */
export interface Term {
  /** Where `nil` holds it means nothing, but it may be read. */
  readonly text: string;
  /** Whether it is NULL, as a JavaScript condition; undefined: never. */
  readonly nil: string | undefined;
  /** Of a DECIMAL: a name or literal of its unscaled value as a double, NaN where that is not exact. */
  readonly small?: string | undefined;
}

/**
 * JavaScript of one loop over rows, while it is written. Only texts that the compiler itself makes go into the
 * code: what comes from a program (strings, names, patterns, functions) is passed in as a constant by reference.
 */
export class CodeWriter {
  readonly prologue: string[] = [];
  readonly #lines: string[] = [];
  readonly #constants = new Map<unknown, string>();
  readonly #scopes: Map<number, Term>[] = [new Map()];
  #names = 0;

  line(text: string): void {
    this.#lines.push(text);
  }

  get lines(): readonly string[] {
    return this.#lines;
  }

  /** A new name in the code. */
  name(prefix: string): string {
    this.#names += 1;
    return `${prefix}${this.#names}`;
  }

  /** The name by which the code reaches a value of the compiler's side. */
  constant(value: unknown): string {
    const known = this.#constants.get(value);
    if (known !== undefined) return known;
    const name = `k${this.#constants.size}`;
    this.#constants.set(value, name);
    return name;
  }

  get constants(): ReadonlyMap<unknown, string> {
    return this.#constants;
  }

  /** Code in braces behind a header; what is computed there is not seen behind it. */
  block(header: string, body: () => void): void {
    this.#lines.push(`${header} {`);
    this.#scopes.push(new Map());
    body();
    this.#scopes.pop();
    this.#lines.push("}");
  }

  /** What was computed for an expression where the code is now. */
  find(id: number): Term | undefined {
    for (let at = this.#scopes.length - 1; at >= 0; at -= 1) {
      const term = this.#scopes[at]?.get(id);
      if (term !== undefined) return term;
    }
    return undefined;
  }

  remember(id: number, term: Term): void {
    this.#scopes.at(-1)?.set(id, term);
  }
}
