/** Values of condition keys; a key that is absent has no entry. */
export type ContextEntries = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The condition keys of one request. Their names do not depend on case. */
export class RequestContext {
  readonly #values = new Map<string, readonly string[]>();

  constructor(entries: ContextEntries) {
    for (const [name, value] of Object.entries(entries)) {
      if (value === undefined) continue;
      this.#values.set(name.toLowerCase(), typeof value === "string" ? [value] : value);
    }
  }

  get(name: string): readonly string[] | undefined {
    return this.#values.get(name.toLowerCase());
  }

  /** The value that stands for `${name}`: only keys with exactly one value can be used so. */
  variable(name: string): string | undefined {
    const values = this.get(name);
    return values?.length === 1 ? values[0] : undefined;
  }
}
