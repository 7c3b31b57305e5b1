import { type Node, Visitor } from "oxc-parser";
import { isFixture } from "./areas.ts";
import type { Finding, Tree, TreeFile } from "./tree.ts";

/** Aim at 30 to 150. */
const maxFileLines = 400;
/** Aim at 40. */
const maxFunctionLines = 70;
const maxBlobBytes = 1024 * 1024;
const bigOnPurpose: readonly RegExp[] = [
  /^package-lock\.json$/,
  /^packages\/millrace\/src\/gateway\/facts\/[^/]+\.json$/,
];

export function fileLength(tree: Tree): readonly Finding[] {
  const findings: Finding[] = [];
  for (const file of tree.files) {
    if (!/\.(ts|tsx|mjs|css)$/.test(file.path) || isFixture(file.path)) continue;
    const lines = file.text.split("\n").length - (file.text.endsWith("\n") ? 1 : 0);
    if (lines <= maxFileLines) continue;
    const message = `${lines} lines, at most ${maxFileLines}: split the file by subject`;
    findings.push({ path: file.path, line: maxFileLines + 1, rule: "file-length", message });
  }
  return findings;
}

/** The callback of `describe` is a heading over tests, not a function that somebody has to follow. */
function isDescribe(callee: Node): boolean {
  if (callee.type === "Identifier") return callee.name === "describe";
  if (callee.type === "MemberExpression") return isDescribe(callee.object);
  return callee.type === "CallExpression" && isDescribe(callee.callee);
}

function longFunctions(file: TreeFile): readonly Finding[] {
  const findings: Finding[] = [];
  const headings = new Set<Node>();
  const check = (node: Node): void => {
    if (headings.has(node)) return;
    const line = file.lineAt(node.start);
    const lines = file.lineAt(node.end - 1) - line + 1;
    if (lines <= maxFunctionLines) return;
    const message = `a function of ${lines} lines, at most ${maxFunctionLines}: keep the decision here and move each step into a function of its own`;
    findings.push({ path: file.path, line, rule: "function-length", message });
  };
  new Visitor({
    CallExpression(node) {
      if (isDescribe(node.callee)) for (const argument of node.arguments) headings.add(argument);
    },
    FunctionDeclaration: check,
    FunctionExpression: check,
    ArrowFunctionExpression: check,
  }).visit(file.syntax.program);
  return findings;
}

export function functionLength(tree: Tree): readonly Finding[] {
  return tree.code.filter((file) => !isFixture(file.path)).flatMap(longFunctions);
}

export function blobSize(tree: Tree): readonly Finding[] {
  return tree.files
    .filter(
      (file) => file.sizeBytes > maxBlobBytes && !bigOnPurpose.some((pattern) => pattern.test(file.path)),
    )
    .map((file) => ({
      path: file.path,
      line: 1,
      rule: "blob-size",
      message: `${file.sizeBytes} bytes, at most ${maxBlobBytes}: generate it when it is needed, or list it in scripts/tidy/sizes.ts with its reason`,
    }));
}
