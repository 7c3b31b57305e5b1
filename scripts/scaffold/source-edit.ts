import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { entriesOf, literalStart } from "../tidy/literal-table.ts";
import { TreeFile } from "../tidy/tree.ts";

/** Path to text of the files that a scaffold writes. */
export type Changes = ReadonlyMap<string, string>;

/** What is wrong with what the caller asked for; printed without a stack. */
export class ScaffoldError extends Error {
  override readonly name = "ScaffoldError";
}

export function readSource(root: string, path: string, advice: string): string {
  const absolute = join(root, path);
  if (!existsSync(absolute)) throw new ScaffoldError(`${path} is not there: ${advice}`);
  return readFileSync(absolute, "utf8");
}

/** Writes the files and lets Biome put imports in order and break the lines. */
export function writeChanges(root: string, changes: Changes): void {
  for (const [path, text] of changes) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const code = [...changes.keys()].filter((path) => path.endsWith(".ts"));
  execFileSync(join(root, "node_modules/.bin/biome"), ["check", "--write", ...code], { cwd: root });
}

/** Adds an entry to a sorted object literal, and the import if it needs one. Biome sorts the imports later. */
export function insertEntry(
  path: string,
  text: string,
  edit: {
    readonly variable: string;
    readonly name: string;
    readonly entry: string;
    readonly import?: string;
  },
): string {
  const file = new TreeFile(path, text.length, () => text);
  const entries = entriesOf(file, edit.variable);
  const start = literalStart(file, edit.variable);
  if (entries === undefined || start === undefined)
    throw new ScaffoldError(`${path} has no \`const ${edit.variable} = {...}\` to add a line to`);
  if (entries.some((entry) => entry.name === edit.name))
    throw new ScaffoldError(`${path} has ${edit.name} already`);
  const previous = entries.findLast((entry) => entry.name < edit.name);
  const at = previous === undefined ? headerEnd(text, start) : entryEnd(text, previous.end);
  const separator = previous === undefined || text.slice(previous.end, at).startsWith(",") ? "" : ",";
  const lastImport = file.syntax.program.body.findLast((statement) => statement.type === "ImportDeclaration");
  const importAt = lastImport?.end ?? 0;
  const imports = text.slice(0, importAt) + (edit.import === undefined ? "" : `\n${edit.import}\n`);
  return `${imports}${text.slice(importAt, at)}${separator}\n  ${edit.entry},${text.slice(at)}`;
}

/** The offset after the literal's brace and the comment below it that says how the table is sorted. */
function headerEnd(text: string, start: number): number {
  const header = /\{(\n\s*\/\/ Sorted by name[^\n]*)?/y;
  header.lastIndex = start;
  return header.test(text) ? header.lastIndex : start + 1;
}

/** The offset after an entry, its comma, and the comment on the rest of its line. */
function entryEnd(text: string, end: number): number {
  const rest = /,[ \t]*(\/\/[^\n]*)?/y;
  rest.lastIndex = end;
  return rest.test(text) ? rest.lastIndex : end;
}
