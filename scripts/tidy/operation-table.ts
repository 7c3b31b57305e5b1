import { productSource } from "./areas.ts";
import { entriesOf } from "./literal-table.ts";
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
  return (entriesOf(file, "operations") ?? []).map(({ name, start, end }) => {
    const line = file.lineAt(start);
    const at = [file.lineAt(end), line, line - 1].find((near) => notes.has(near) && !taken.has(near));
    if (at !== undefined) taken.add(at);
    return { name, line, note: at === undefined ? undefined : notes.get(at) };
  });
}
