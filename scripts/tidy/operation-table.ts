import type { ObjectExpression } from "oxc-parser";
import { Visitor } from "oxc-parser";
import { productSource } from "./areas.ts";
import type { Tree, TreeFile } from "./tree.ts";

/** One line of a service's table. */
export interface TableLine {
  /** AWS's name: `PutRecord`. */
  readonly name: string;
  readonly line: number;
  /** From `// coverage: ...` on the line itself or the line above it. */
  readonly note: string | undefined;
}

/** Where a service lists its operations: `export const operations = { PutRecord: { run, resources } } as const`. */
export function tablePath(service: string): string {
  return `${productSource}services/${service}/operations.ts`;
}

/** The services that have a folder, sorted. */
export function serviceIds(tree: Tree): readonly string[] {
  const folder = `${productSource}services/`;
  return tree.folders
    .filter((path) => path.startsWith(folder) && !path.slice(folder.length).includes("/"))
    .map((path) => path.slice(folder.length));
}

/** The lines of a service's operation table in the order in which they stand. */
export function tableLines(file: TreeFile): readonly TableLine[] {
  const notes = new Map<number, string>();
  for (const comment of file.syntax.comments) {
    const note = /^\s*coverage:\s*(.*\S)/.exec(comment.value)?.[1];
    if (note !== undefined) notes.set(file.lineAt(comment.start), note);
  }
  const taken = new Set<number>();
  return tableOf(file).map(({ name, firstLine, lastLine }) => {
    const at = [lastLine, firstLine, firstLine - 1].find((line) => notes.has(line) && !taken.has(line));
    if (at !== undefined) taken.add(at);
    return { name, line: firstLine, note: at === undefined ? undefined : notes.get(at) };
  });
}

interface TableProperty {
  readonly name: string;
  readonly firstLine: number;
  readonly lastLine: number;
}

function tableOf(file: TreeFile): readonly TableProperty[] {
  const found: TableProperty[] = [];
  new Visitor({
    VariableDeclarator(node) {
      if (node.id.type !== "Identifier" || node.id.name !== "operations") return;
      for (const property of objectIn(node.init)?.properties ?? []) {
        if (property.type !== "Property" || property.key.type !== "Identifier") continue;
        const firstLine = file.lineAt(property.start);
        found.push({ name: property.key.name, firstLine, lastLine: file.lineAt(property.end) });
      }
    },
  }).visit(file.syntax.program);
  return found;
}

/** The object literal inside `Object.freeze({...})`, `{...} as const` and `{...} satisfies Table`. */
function objectIn(node: object | null): ObjectExpression | undefined {
  if (node === null || !("type" in node)) return undefined;
  if (node.type === "ObjectExpression") return node as ObjectExpression;
  if ("expression" in node && typeof node.expression === "object") return objectIn(node.expression);
  if ("arguments" in node && Array.isArray(node.arguments)) return objectIn(node.arguments[0]);
  return undefined;
}
