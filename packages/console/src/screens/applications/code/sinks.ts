/** A table that a program writes to. */
export interface Sink {
  readonly table: string;
  /** `kinesis`, `print`, `filesystem`, ... */
  readonly connector: string;
  /** The stream, the delivery stream, the path: what the connector's options name. */
  readonly target: string | undefined;
}

const maxSinks = 50;

/** The tables that a Flink SQL program inserts into, with what their definitions say. */
export function sinksOf(program: string): readonly Sink[] {
  const text = withoutComments(program);
  const tables = new Map<string, Readonly<Record<string, string>>>();
  const definition = /\bCREATE\s+(?:TEMPORARY\s+)?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?([\w.`-]+)/gi;
  for (const found of text.matchAll(definition)) {
    const rest = text.slice(found.index, nextStatement(text, found.index));
    const options = rest.slice(rest.toUpperCase().lastIndexOf("WITH"));
    tables.set(
      plainName(found[1]),
      Object.fromEntries(
        [...options.matchAll(/'([^']+)'\s*=\s*'((?:[^']|'')*)'/g)].map((pair) => [
          pair[1] ?? "",
          pair[2] ?? "",
        ]),
      ),
    );
  }
  const written = [...text.matchAll(/\bINSERT\s+(?:INTO|OVERWRITE)\s+(?:TABLE\s+)?([\w.`-]+)/gi)];
  const names = [...new Set(written.map((found) => plainName(found[1])))].slice(0, maxSinks);
  return names.map((table) => {
    const options = tables.get(table) ?? {};
    return { table, connector: options["connector"] ?? "unknown", target: targetOf(options) };
  });
}

function targetOf(options: Readonly<Record<string, string>>): string | undefined {
  const arn = options["stream.arn"] ?? options["delivery-stream.arn"];
  return (
    options["stream"] ??
    options["delivery-stream"] ??
    arn?.slice(arn.lastIndexOf("/") + 1) ??
    options["path"] ??
    options["table-name"] ??
    options["table"]
  );
}

/** Semicolons in quotes are none. */
function nextStatement(text: string, from: number): number {
  let isQuoted = false;
  for (let at = from; at < text.length; at++) {
    if (text[at] === "'") isQuoted = !isQuoted;
    else if (text[at] === ";" && !isQuoted) return at;
  }
  return text.length;
}

function withoutComments(text: string): string {
  return text.replace(/'(?:[^']|'')*'|--[^\n]*|\/\*[\s\S]*?\*\//g, (part) =>
    part.startsWith("'") ? part : " ",
  );
}

function plainName(name: string | undefined): string {
  return (name ?? "").replaceAll("`", "").split(".").at(-1) ?? "";
}
