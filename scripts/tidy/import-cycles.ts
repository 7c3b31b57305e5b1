import { importsOf, resolveImport } from "./imports.ts";
import type { Finding, Tree } from "./tree.ts";

const rule = "import-cycle";

/** Which files each file imports, type imports included, and where. */
type Graph = ReadonlyMap<string, ReadonlyMap<string, number>>;

function graphOf(tree: Tree): Graph {
  const graph = new Map<string, Map<string, number>>();
  for (const file of tree.code) {
    const targets = new Map<string, number>();
    for (const { specifier, line } of importsOf(file)) {
      const target = specifier === undefined ? undefined : resolveImport(file.path, specifier);
      if (target !== undefined && tree.has(target) && !targets.has(target)) targets.set(target, line);
    }
    graph.set(file.path, targets);
  }
  return graph;
}

/** The shortest way along imports from `start` back to itself, or undefined. */
function shortestCycle(graph: Graph, start: string): readonly string[] | undefined {
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    for (const next of graph.get(at)?.keys() ?? []) {
      if (next === start) {
        const path = [at];
        for (let back = cameFrom.get(at); back !== undefined; back = cameFrom.get(back)) path.unshift(back);
        return path;
      }
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, at);
      queue.push(next);
    }
  }
  return undefined;
}

/** No file may reach itself through imports, not even through `import type`. */
export function importCycles(tree: Tree): readonly Finding[] {
  const graph = graphOf(tree);
  const reported = new Set<string>();
  const findings: Finding[] = [];
  for (const path of [...graph.keys()].sort()) {
    if (reported.has(path)) continue;
    const cycle = shortestCycle(graph, path);
    if (cycle === undefined) continue;
    for (const member of cycle) reported.add(member);
    findings.push({
      path,
      line: graph.get(path)?.get(cycle[1] ?? path) ?? 1,
      rule,
      message: `imports go round: ${[...cycle, path].join(" > ")}; move what both sides need into a file of its own`,
    });
  }
  return findings;
}
