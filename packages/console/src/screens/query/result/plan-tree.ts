/** One step of Redshift's EXPLAIN. */
export interface PlanNode {
  readonly label: string;
  /** `DS_BCAST_INNER`: how a join's rows come together. */
  readonly movement?: string;
  readonly startCost: number;
  readonly cost: number;
  readonly rows: number;
  readonly widthBytes: number;
  /** Filter, Hash Cond, Sort Key: lines under the step. */
  readonly details: readonly string[];
  readonly children: readonly PlanNode[];
}

interface OpenNode {
  readonly depth: number;
  readonly node: Omit<PlanNode, "details" | "children">;
  readonly details: string[];
  readonly children: OpenNode[];
}

const stepLine = /^( *)(?:-> {2})?(.*?) {2}\(cost=([\d.]+)\.\.([\d.]+) rows=(\d+) width=(\d+)\)$/;

/** The tree that the lines of a plan draw; undefined when they are no plan. */
export function planTree(lines: readonly string[]): PlanNode | undefined {
  const open: OpenNode[] = [];
  let root: OpenNode | undefined;
  for (const line of lines.flatMap((text) => text.split("\n"))) {
    const found = stepLine.exec(line);
    if (found === null) {
      open.at(-1)?.details.push(line.trim());
      continue;
    }
    const step = openNode(found);
    while ((open.at(-1)?.depth ?? -1) >= step.depth) open.pop();
    if (root === undefined) root = step;
    else (open.at(-1) ?? root).children.push(step);
    open.push(step);
  }
  return root === undefined ? undefined : closed(root);
}

function openNode([, blanks = "", text = "", from, to, rows, width]: RegExpExecArray): OpenNode {
  const movement = /\bDS_\w+/.exec(text)?.[0];
  const label = text.replace(/^XN /, "").replace(/ ?\bDS_\w+/, "");
  return {
    depth: blanks.length,
    node: {
      label,
      ...(movement !== undefined && { movement }),
      startCost: Number(from),
      cost: Number(to),
      rows: Number(rows),
      widthBytes: Number(width),
    },
    details: [],
    children: [],
  };
}

function closed({ node, details, children }: OpenNode): PlanNode {
  return { ...node, details, children: children.map(closed) };
}

/** What a movement of rows means for the query, and how much one should mind. */
export interface MovementMeaning {
  readonly text: string;
  readonly color: "teal" | "yellow" | "red";
}

const meanings: Readonly<Record<string, MovementMeaning>> = {
  DS_DIST_NONE: { text: "Both tables lie by the join's column: no rows move.", color: "teal" },
  DS_DIST_ALL_NONE: {
    text: "The inner table is on every node (DISTSTYLE ALL): no rows move.",
    color: "teal",
  },
  DS_DIST_INNER: { text: "The inner table's rows go to where the outer one's are.", color: "yellow" },
  DS_DIST_OUTER: { text: "The outer table's rows go to where the inner one's are.", color: "yellow" },
  DS_DIST_ALL_INNER: { text: "The whole inner table goes to one slice.", color: "red" },
  DS_BCAST_INNER: { text: "A copy of the inner table goes to every node.", color: "red" },
  DS_DIST_BOTH: { text: "Both tables' rows are dealt out anew.", color: "red" },
};

export function movementMeaning(movement: string): MovementMeaning {
  return meanings[movement] ?? { text: "Rows move between slices.", color: "yellow" };
}

/** Costs count everything below a step; this is what the step itself adds. */
export function ownCost(node: PlanNode): number {
  return Math.max(0, node.cost - node.children.reduce((sum, child) => sum + child.cost, 0));
}
