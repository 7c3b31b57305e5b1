/** Values of condition keys; a key that is absent has no entry. */
export type ContextEntries = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Entries, or what makes them when the first condition or variable asks for one: most policies have none. */
export type ContextSource = ContextEntries | (() => ContextEntries);

/** The condition keys of one request. Their names do not depend on case. */
export class RequestContext {
  readonly #source: ContextSource;
  #values: ReadonlyMap<string, readonly string[]> | undefined;

  constructor(source: ContextSource) {
    this.#source = source;
  }

  get(name: string): readonly string[] | undefined {
    this.#values ??= read(typeof this.#source === "function" ? this.#source() : this.#source);
    return this.#values.get(name.toLowerCase());
  }

  /** The value that stands for `${name}`: only keys with exactly one value can be used so. */
  variable(name: string): string | undefined {
    const values = this.get(name);
    return values?.length === 1 ? values[0] : undefined;
  }
}

function read(entries: ContextEntries): Map<string, readonly string[]> {
  const values = new Map<string, readonly string[]>();
  for (const [name, value] of Object.entries(entries)) {
    if (value !== undefined) values.set(name.toLowerCase(), typeof value === "string" ? [value] : value);
  }
  return values;
}
