/** A step of a path: a member by name, an element by number, or all members and elements. */
export type JsonPathStep =
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "index"; readonly index: number }
  | { readonly kind: "any" };

/** Longest path that is read; Glue's own limit is not documented. */
const maxSteps = 64;

const step =
  /\.\s*(?<name>[\p{L}_$@-][\p{L}\p{N}_$@-]*)|\.\s*(?<dotted>\*)|\[\s*(?:(?<star>\*)|(?<index>\d{1,9})|'(?<single>(?:[^'\\]|\\.)*)'|"(?<double>(?:[^"\\]|\\.)*)")\s*\]/uy;

/**
 * Reads the part of JsonPath that Glue's classifiers support: `$`, `.name`, `['name']`, `[n]`, `[*]` and `.*`
 * (AWS Glue Developer Guide, "Writing JSON custom classifiers"). Undefined if the text is anything else.
 */
export function parseJsonPath(text: string): readonly JsonPathStep[] | undefined {
  const path = text.trim();
  if (!path.startsWith("$")) return undefined;
  const steps: JsonPathStep[] = [];
  let at = 1;
  while (at < path.length) {
    step.lastIndex = at;
    const match = step.exec(path);
    if (match === null || steps.length === maxSteps) return undefined;
    at += match[0].length;
    steps.push(toStep(match.groups ?? {}));
  }
  return steps;
}

function toStep(groups: Record<string, string | undefined>): JsonPathStep {
  if (groups["star"] !== undefined || groups["dotted"] !== undefined) return { kind: "any" };
  if (groups["index"] !== undefined) return { kind: "index", index: Number(groups["index"]) };
  const quoted = groups["single"] ?? groups["double"];
  const name = quoted === undefined ? (groups["name"] ?? "") : quoted.replace(/\\(.)/gsu, "$1");
  return { kind: "name", name };
}
