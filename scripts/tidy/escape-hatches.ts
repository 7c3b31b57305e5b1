import { type Node, Visitor } from "oxc-parser";
import { isTest } from "./areas.ts";
import type { Finding, Tree, TreeFile } from "./tree.ts";

const rule = "escape-hatch";
/** Tools that read their configuration from a default export. */
const defaultExportExpected = /(^|\/)(vite|vitest)\.config\.ts$/;

/** Nothing that switches the type checker off, and no default exports. */
export function escapeHatches(tree: Tree): readonly Finding[] {
  return tree.code.flatMap((file) => [...checkComments(file), ...checkNodes(file)]);
}

function checkComments(file: TreeFile): readonly Finding[] {
  const findings: Finding[] = [];
  for (const comment of file.syntax.comments) {
    const directive = /^\s*@(ts-[a-z-]+)/.exec(comment.value)?.[1];
    // In a test an expected error is an assertion about types.
    if (directive === undefined || (directive === "ts-expect-error" && isTest(file.path))) continue;
    const message = `@${directive} hides what the compiler knows: fix the type, or narrow the value at run time`;
    findings.push({ path: file.path, line: file.lineAt(comment.start), rule, message });
  }
  return findings;
}

function checkNodes(file: TreeFile): readonly Finding[] {
  const findings: Finding[] = [];
  const excused = excusedLines(file);
  const add = (node: Node, message: string): void => {
    const line = file.lineAt(node.start);
    if (!excused.has(line)) findings.push({ path: file.path, line, rule, message });
  };
  new Visitor({
    TSAnyKeyword: (node) => add(node, "any: write the type, or unknown and narrow it"),
    TSNonNullExpression: (node) =>
      add(node, "a non-null `!`: handle undefined, or assert() it with a message"),
    ExportDefaultDeclaration(node) {
      if (!defaultExportExpected.test(file.path)) add(node, "a default export: export it by its name");
    },
  }).visit(file.syntax.program);
  return findings;
}

/** The lines below a `biome-ignore`, which has to give its reason. */
function excusedLines(file: TreeFile): ReadonlySet<number> {
  const ignores = file.syntax.comments.filter((comment) =>
    /^\s*biome-ignore lint\/\S+: \S/.test(comment.value),
  );
  return new Set(ignores.map((comment) => file.lineAt(comment.end) + 1));
}
