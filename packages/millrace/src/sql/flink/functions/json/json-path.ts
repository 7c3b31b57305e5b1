import { SqlError } from "../../../sql-error.ts";
import { isJsonArray, isJsonObject, type JsonNode } from "./json-document.ts";

/** A path in a document, `lax` or `strict`, as Jayway's JsonPath understands it. */
export interface JsonPath {
  readonly isLax: boolean;
  /** Means one place: without `*`, `..`, slices and lists. */
  readonly isDefinite: boolean;
  /** Names and indexes, of a definite path. */
  readonly places: readonly (string | number)[];
  /**
   * What is at the path; of a path that is not definite an array of all that was found.
   * @throws PathNotFound
   */
  read(document: JsonNode): JsonNode;
}

export class PathNotFound extends Error {
  override readonly name = "PathNotFound";
}

type Step =
  | { readonly kind: "names"; readonly names: readonly string[] }
  | { readonly kind: "indexes"; readonly indexes: readonly number[] }
  | { readonly kind: "slice"; readonly from: number | undefined; readonly to: number | undefined }
  | { readonly kind: "all" }
  | { readonly kind: "descend" };

const maxPathLength = 10_000;
/** Nodes that one path may find in one document. */
const maxNodes = 1_000_000;

/** @throws SqlError */
export function parseJsonPath(spec: string): JsonPath {
  if (spec.length > maxPathLength) throw malformed(spec);
  const [, mode, rest] = /^\s*(?:(strict|lax)\s+)?(\S.*)$/is.exec(spec) ?? [];
  const steps = parseSteps((rest ?? "").trim(), spec);
  const isDefinite = steps.every(
    (step) =>
      (step.kind === "names" && step.names.length === 1) ||
      (step.kind === "indexes" && step.indexes.length === 1),
  );
  return {
    isLax: mode?.toLowerCase() === "lax",
    isDefinite,
    places: isDefinite ? steps.map(placeOf) : [],
    read: (document) => (isDefinite ? readOne(document, steps) : readAll(document, steps)),
  };
}

function malformed(spec: string): SqlError {
  return new SqlError(
    "22030",
    `Illegal jsonpath spec '${spec.slice(0, 100)}', format of the spec should be: '<lax|strict> $expr'`,
  );
}

function parseSteps(path: string, spec: string): readonly Step[] {
  if (!path.startsWith("$")) throw malformed(spec);
  const steps: Step[] = [];
  let at = 1;
  while (at < path.length) {
    const rest = path.slice(at);
    const match =
      /^\.\.(?=[^.])/.exec(rest) ??
      /^\.?\*/.exec(rest) ??
      /^\.?([^.[\]()\s*'"?@]+)/.exec(rest) ??
      /^\.?\[(?:[^\]'"]|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")*\]/.exec(rest);
    if (match === null) throw malformed(spec);
    const [text, name] = match;
    if (text === "..") steps.push({ kind: "descend" });
    else if (text.endsWith("*")) steps.push({ kind: "all" });
    else if (name === undefined) steps.push(bracketStep(text.slice(text.indexOf("[") + 1, -1).trim(), spec));
    else steps.push({ kind: "names", names: [name] });
    at += text.length;
    if (path.charAt(at) === "(") throw refused("functions", spec);
  }
  if (steps.at(-1)?.kind === "descend") throw malformed(spec);
  return steps;
}

function refused(what: string, spec: string): SqlError {
  return new SqlError(
    "0A000",
    `There are no ${what} in JSON paths: '${spec.slice(0, 100)}'; it runs on Apache Flink itself`,
  );
}

function bracketStep(body: string, spec: string): Step {
  if (body === "*") return { kind: "all" };
  if (body.startsWith("?") || body.startsWith("(")) throw refused("filters", spec);
  const slice = /^(-?\d+)?\s*:\s*(-?\d+)?$/.exec(body);
  if (slice !== null) {
    const [, from, to] = slice;
    return {
      kind: "slice",
      from: from === undefined ? undefined : Number(from),
      to: to === undefined ? undefined : Number(to),
    };
  }
  if (/^-?\d+(?:\s*,\s*-?\d+)*$/.test(body)) return { kind: "indexes", indexes: body.split(",").map(Number) };
  const names = [...body.matchAll(/'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/gs)];
  const isList =
    /^(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")(?:\s*,\s*(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"))*$/s.test(
      body,
    );
  if (!isList) throw malformed(spec);
  return { kind: "names", names: names.map(([, single, double]) => unescaped(single ?? double ?? "")) };
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/gs, "$1");
}

function placeOf(step: Step): string | number {
  if (step.kind === "names") return step.names[0] ?? "";
  return step.kind === "indexes" ? (step.indexes[0] ?? 0) : "";
}

function readOne(document: JsonNode, steps: readonly Step[]): JsonNode {
  let node = document;
  for (const [index, step] of steps.entries()) {
    const next = step.kind === "names" || step.kind === "indexes" ? childOf(node, step) : undefined;
    if (next === undefined) {
      const path = pathText(steps.slice(0, index + 1));
      throw new PathNotFound(
        index === steps.length - 1 ? `No results for path: ${path}` : `Missing property in path ${path}`,
      );
    }
    node = next;
  }
  return node;
}

function childOf(node: JsonNode, step: Step): JsonNode | undefined {
  if (step.kind === "names") return isJsonObject(node) ? node.get(step.names[0] ?? "") : undefined;
  if (step.kind !== "indexes" || !isJsonArray(node)) return undefined;
  return node.at(step.indexes[0] ?? 0);
}

function pathText(steps: readonly Step[]): string {
  const parts = steps.map((step) => {
    if (step.kind === "names") return `['${step.names[0]}']`;
    return step.kind === "indexes" ? `[${step.indexes[0]}]` : "";
  });
  return `$${parts.join("")}`;
}

/** What stands before the first step of many places must be there, what comes behind may be missing. */
function readAll(document: JsonNode, steps: readonly Step[]): JsonNode {
  const first = steps.findIndex((step) => !isSingle(step));
  let nodes: readonly JsonNode[] = [readOne(document, steps.slice(0, first))];
  for (const step of steps.slice(first)) {
    nodes = nodes.flatMap((node) => childrenOf(node, step));
    if (nodes.length > maxNodes) throw new PathNotFound(`a path finds more than ${maxNodes} values`);
  }
  return nodes;
}

function isSingle(step: Step): boolean {
  return (
    (step.kind === "names" && step.names.length === 1) ||
    (step.kind === "indexes" && step.indexes.length === 1)
  );
}

function childrenOf(node: JsonNode, step: Step): readonly JsonNode[] {
  switch (step.kind) {
    case "names":
      if (!isJsonObject(node)) return [];
      if (step.names.length > 1) return [new Map([...node].filter(([name]) => step.names.includes(name)))];
      return step.names.flatMap(
        (name) => node.get(name) ?? (node.has(name) ? [null] : []),
      ) as readonly JsonNode[];
    case "indexes":
      if (!isJsonArray(node)) return [];
      return step.indexes.map((index) => node.at(index)).filter((found) => found !== undefined);
    case "slice":
      return isJsonArray(node) ? node.slice(step.from, step.to) : [];
    case "all":
      return isJsonObject(node) ? [...node.values()] : isJsonArray(node) ? node : [];
    case "descend":
      return descendants(node);
  }
}

/** The node and all objects and arrays in it. */
function descendants(root: JsonNode): readonly JsonNode[] {
  const found: JsonNode[] = [];
  const open: JsonNode[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (isJsonObject(node)) open.push(...[...node.values()].reverse());
    else if (isJsonArray(node)) open.push(...[...node].reverse());
    else continue;
    found.push(node);
  }
  return found;
}
