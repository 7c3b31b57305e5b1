/** What a crawl did to one kind of thing. */
export interface CrawlChange {
  /** `TABLE`, `PARTITION`, `OBJECT`, as Glue's summary says */
  readonly entity: string;
  /** `ADD`, `UPDATE`, `DELETE` */
  readonly action: string;
  readonly count: number;
  /** Not always all of them. */
  readonly names: readonly string[];
}

/** Reads the summary that `ListCrawls` answers: `{"TABLE":{"ADD":{"Details":{"names":[...]},"Count":4}}}`. */
export function crawlChanges(summary: string | undefined): readonly CrawlChange[] {
  const root = parsed(summary);
  return Object.entries(root).flatMap(([entity, actions]) =>
    Object.entries(recordOf(actions)).map(([action, value]): CrawlChange => {
      const { Count, Details } = recordOf(value);
      const { names } = recordOf(Details);
      const listed = Array.isArray(names) ? names.map(String) : [];
      return { entity, action, count: Number(Count ?? listed.length) || 0, names: listed };
    }),
  );
}

/** `4 tables added, 3 partitions added` */
export function crawlText(changes: readonly CrawlChange[]): string {
  const words = changes
    .filter(({ count }) => count > 0)
    .map(({ entity, action, count }) => {
      const noun = entity.toLowerCase();
      return `${count} ${count === 1 ? noun : `${noun}s`} ${pastOf(action)}`;
    });
  return words.length === 0 ? "nothing changed" : words.join(", ");
}

function pastOf(action: string): string {
  const word = action.toLowerCase();
  if (word === "add") return "added";
  return word.endsWith("e") ? `${word}d` : word;
}

function parsed(text: string | undefined): Readonly<Record<string, unknown>> {
  if (text === undefined || text === "") return {};
  try {
    return recordOf(JSON.parse(text));
  } catch {
    return {};
  }
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}
