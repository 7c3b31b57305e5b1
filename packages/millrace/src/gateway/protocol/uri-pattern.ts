/** One part of a path: literal text, or a label. */
type Segment = { readonly literal: string } | { readonly label: string; readonly greedy: boolean };

/**
 * The URI pattern of an operation: `/v1/clusters/{clusterArn}/nodes?literal&key=value`. `{Key+}` takes
 * slashes too.
 */
export class UriPattern {
  readonly segments: readonly Segment[];
  /** Query parameters that must be there; "" when any value will do. */
  readonly literals: readonly (readonly [string, string])[];
  readonly labels: readonly string[];

  constructor(uri: string) {
    const [path = "", query = ""] = uri.split("?");
    this.segments = path
      .split("/")
      .slice(1)
      .filter((part) => part !== "")
      .map(segment);
    this.literals = query === "" ? [] : query.split("&").map(literal);
    this.labels = this.segments.flatMap((part) => ("label" in part ? [part.label] : []));
  }

  /** The decoded labels of a path without its leading slash, or undefined when it does not match. */
  match(path: string): ReadonlyMap<string, string> | undefined {
    const labels = new Map<string, string>();
    let rest = path;
    for (let index = 0; index < this.segments.length; index++) {
      const part = this.segments[index];
      if (part === undefined) return undefined;
      const greedy = "label" in part && part.greedy;
      const slash = greedy ? this.#greedyEnd(rest, index) : rest.indexOf("/");
      const text = slash < 0 ? rest : rest.slice(0, slash);
      if ("literal" in part ? text !== part.literal : text === "") return undefined;
      if ("label" in part) {
        const value = decodePercent(text);
        if (value === undefined) return undefined;
        labels.set(part.label, value);
      }
      rest = slash < 0 ? "" : rest.slice(slash + 1);
      if (slash < 0 && index < this.segments.length - 1) return undefined;
    }
    return rest === "" ? labels : undefined;
  }

  /** A greedy label leaves one segment for each part of the pattern that follows it. */
  #greedyEnd(rest: string, index: number): number {
    let end = -1;
    for (let after = this.segments.length - 1; after > index; after--) {
      end = rest.lastIndexOf("/", end < 0 ? undefined : end - 1);
      if (end < 0) return -1;
    }
    return end;
  }
}

function segment(text: string): Segment {
  const match = /^\{([^}+]+)(\+?)\}$/.exec(text);
  if (match === null) return { literal: text };
  return { label: match[1] ?? "", greedy: match[2] === "+" };
}

function literal(text: string): readonly [string, string] {
  const [name = "", value = ""] = text.split("=");
  return [name, value];
}

/** Undefined when the escapes are malformed. */
export function decodePercent(text: string): string | undefined {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
