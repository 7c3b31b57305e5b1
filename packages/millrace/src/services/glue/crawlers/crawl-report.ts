import type { TableCounts } from "./crawl-table.ts";

type Kind = "TABLE" | "PARTITION";
type Change = "ADD" | "UPDATE" | "DELETE";

interface Tally {
  count: number;
  /** The first of them. */
  readonly names: string[];
}

/** Names that a summary tells of each kind of change. */
const maxNames = 100;

/** What a crawl has done so far. */
export class CrawlReport {
  readonly #changes = new Map<`${Kind} ${Change}`, Tally>();
  readonly #unread: Tally = { count: 0, names: [] };

  add(kind: Kind, change: Change, name: string): void {
    const key = `${kind} ${change}` as const;
    let tally = this.#changes.get(key);
    if (tally === undefined) {
      tally = { count: 0, names: [] };
      this.#changes.set(key, tally);
    }
    count(tally, name);
  }

  /**
   * Notes an object that could not be described.
   * @returns whether it is one of the first, which the log names
   */
  unread(location: string, reason: string): boolean {
    count(this.#unread, `${location}: ${reason}`);
    return this.#unread.count <= maxNames;
  }

  get unreadCount(): number {
    return this.#unread.count;
  }

  get tables(): TableCounts {
    return {
      added: this.count("TABLE", "ADD"),
      updated: this.count("TABLE", "UPDATE"),
      deleted: this.count("TABLE", "DELETE"),
    };
  }

  count(kind: Kind, change: Change): number {
    return this.#changes.get(`${kind} ${change}`)?.count ?? 0;
  }

  /**
   * The summary of the crawl's history:
   *
   *   summary => { kind: { change: { "Details": { "names": [ name ] }, "Count": count } } }
   *   kind    => "TABLE" | "PARTITION" | "OBJECT"
   *   change  => "ADD" | "UPDATE" | "DELETE", of objects "UNREADABLE"
   *
   * Glue has no OBJECT; in Millrace it names the objects that could not be described, and why.
   */
  summary(): string {
    const summary: Record<string, Record<string, unknown>> = {};
    for (const [key, tally] of this.#changes) {
      const [kind = "", change = ""] = key.split(" ");
      summary[kind] = { ...summary[kind], [change]: described(tally) };
    }
    if (this.#unread.count > 0) summary["OBJECT"] = { UNREADABLE: described(this.#unread) };
    return JSON.stringify(summary);
  }

  /** The last lines of the crawl's log. */
  *lines(): Generator<string> {
    for (const kind of ["PARTITION", "TABLE"] as const) {
      const changes = (["ADD", "UPDATE", "DELETE"] as const).filter((change) => this.count(kind, change) > 0);
      if (changes.length > 0) yield `Run Summary For ${kind}:`;
      for (const change of changes) yield `${change}: ${this.count(kind, change)}`;
    }
  }
}

function count(tally: Tally, name: string): void {
  tally.count += 1;
  if (tally.names.length < maxNames) tally.names.push(name);
}

function described(tally: Tally): object {
  return { Details: { names: tally.names }, Count: tally.count };
}
