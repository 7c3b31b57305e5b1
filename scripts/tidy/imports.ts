import { posix } from "node:path";
import { Visitor } from "oxc-parser";
import type { TreeFile } from "./tree.ts";

/** One import, re-export, `import()` or `import("...").Type` of a file. */
export interface ImportOf {
  /** As written; undefined for an `import()` whose path is not a literal. */
  readonly specifier: string | undefined;
  readonly line: number;
  /** True when nothing of it is left at run time. */
  readonly typeOnly: boolean;
  readonly dynamic: boolean;
}

export function importsOf(file: TreeFile): readonly ImportOf[] {
  const found: ImportOf[] = [];
  const add = (specifier: string | undefined, at: number, typeOnly: boolean, dynamic = false): void => {
    found.push({ specifier, line: file.lineAt(at), typeOnly, dynamic });
  };
  new Visitor({
    ImportDeclaration: (node) => add(node.source.value, node.start, node.importKind === "type"),
    ExportAllDeclaration: (node) => add(node.source.value, node.start, node.exportKind === "type"),
    ExportNamedDeclaration(node) {
      if (node.source !== null) add(node.source.value, node.start, node.exportKind === "type");
    },
    ImportExpression({ source, start }) {
      const literal =
        source.type === "Literal" && typeof source.value === "string" ? source.value : undefined;
      add(literal, start, false, true);
    },
    TSImportType: (node) => add(node.source.value, node.start, true),
  }).visit(file.syntax.program);
  return found;
}

/** The repository path that a relative specifier names, or undefined for a package or a built-in module. */
export function resolveImport(from: string, specifier: string): string | undefined {
  if (!specifier.startsWith(".")) return undefined;
  return posix.join(posix.dirname(from), specifier);
}

/** `@scope/name/inner` and `name/inner` without what comes after the package's name. */
export function packageOf(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}
