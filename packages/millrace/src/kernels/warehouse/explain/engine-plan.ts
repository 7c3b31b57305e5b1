/** One operator of the engine's plan, as EXPLAIN (FORMAT JSON) gives it. */
export interface EngineNode {
  readonly name: string;
  readonly children: readonly EngineNode[];
  /** Texts, or lists of texts. */
  readonly extra_info: Readonly<Record<string, string | readonly string[]>>;
}

export function parseEnginePlan(json: string): EngineNode {
  const [root] = JSON.parse(json) as EngineNode[];
  if (root === undefined) throw new RangeError("the engine gave no plan");
  return root;
}

/** A detail that may be one text or several; none when it is missing or empty. */
export function listOf({ extra_info }: EngineNode, key: string): readonly string[] {
  const value = extra_info[key];
  if (value === undefined || value === "") return [];
  return typeof value === "string" ? [value] : value;
}

export function textOf(node: EngineNode, key: string): string {
  return listOf(node, key).join(", ");
}

/** Rows that the engine expects; undefined where it does not say. */
export function estimateOf(node: EngineNode): number | undefined {
  const [text] = listOf(node, "Estimated Cardinality");
  return text === undefined ? undefined : Number(text);
}

/** Projections that only pack or unpack values say nothing of rows. */
export function isPacking(node: EngineNode): boolean {
  return (
    node.name === "PROJECTION" && listOf(node, "Projections").some((text) => text.startsWith("__internal_"))
  );
}
