import { commonPrefixOf } from "../key-order.ts";
import { maxPageItems } from "../limits.ts";
import type { ListOptions, ListPage } from "../list-page.ts";

/** Gathers a page of a listing. */
export class Page<Item extends { readonly key: string }> {
  readonly #items: Item[] = [];
  readonly #commonPrefixes: string[] = [];
  readonly #limit: number;
  readonly #prefix: string;
  readonly #delimiter: string;
  /** The key or common prefix that came last. */
  end: string | undefined;

  constructor({ limit, prefix = "", delimiter = "" }: ListOptions) {
    this.#limit = Math.min(limit, maxPageItems);
    this.#prefix = prefix;
    this.#delimiter = delimiter;
  }

  get isFull(): boolean {
    return this.#items.length + this.#commonPrefixes.length >= this.#limit;
  }

  add(item: Item): void {
    this.#items.push(item);
    this.end = item.key;
  }

  /** Adds what the key is rolled up to, when it is. */
  commonPrefix(key: string): string | undefined {
    const common = commonPrefixOf(key, this.#prefix, this.#delimiter);
    if (common === undefined) return undefined;
    this.#commonPrefixes.push(common);
    this.end = common;
    return common;
  }

  /** More follows, behind `next`. */
  continued(next: string | undefined): ListPage<Item> {
    return { items: this.#items, commonPrefixes: this.#commonPrefixes, next };
  }

  last(): ListPage<Item> {
    return this.continued(undefined);
  }
}
