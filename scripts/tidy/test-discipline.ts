import { type Expression, type Node, Visitor } from "oxc-parser";
import { isTest, isUnitTest } from "./areas.ts";
import type { Finding, Tree, TreeFile } from "./tree.ts";

const rule = "test-discipline";
const testFunctions: readonly string[] = ["it", "test", "describe", "suite", "bench"];
const switchedOff: readonly string[] = ["skip", "only", "todo"];

/** Every test runs, none sleeps, and none replaces our own modules. */
export function testDiscipline(tree: Tree): readonly Finding[] {
  return tree.code.filter((file) => isTest(file.path)).flatMap(checkFile);
}

function checkFile(file: TreeFile): readonly Finding[] {
  const findings: Finding[] = [];
  const add = (node: Node, message: string): void => {
    findings.push({ path: file.path, line: file.lineAt(node.start), rule, message });
  };
  new Visitor({
    MemberExpression(node) {
      const name = node.property.type === "Identifier" ? node.property.name : "";
      if (switchedOff.includes(name) && testFunctions.includes(rootOf(node.object)))
        add(node, `.${name}: every test runs, always; fix it or delete it`);
    },
    CallExpression(node) {
      const name = node.callee.type === "Identifier" ? node.callee.name : "";
      if (["xit", "xtest", "xdescribe"].includes(name))
        add(node, `${name}: every test runs, always; fix it or delete it`);
      if (isUnitTest(file.path) && ["setTimeout", "setInterval", "sleep"].includes(name))
        add(node, `${name} in a unit test: advance a ManualClock, or await what the code answers`);
      if (isMockOfOurs(node.callee, node.arguments[0]))
        add(
          node,
          "a mock of our own module: construct the real one with a ManualClock and a temporary directory",
        );
    },
    ImportDeclaration(node) {
      if (isUnitTest(file.path) && node.source.value === "node:timers/promises")
        add(node, "timers in a unit test: advance a ManualClock, or await what the code answers");
    },
  }).visit(file.syntax.program);
  return findings;
}

/** `it` for `it.concurrent.only`. */
function rootOf(node: Expression): string {
  if (node.type === "Identifier") return node.name;
  return node.type === "MemberExpression" ? rootOf(node.object) : "";
}

function isMockOfOurs(callee: Expression, argument: Node | undefined): boolean {
  if (callee.type !== "MemberExpression" || callee.property.type !== "Identifier") return false;
  if (rootOf(callee.object) !== "vi" || !["mock", "doMock"].includes(callee.property.name)) return false;
  return argument?.type === "Literal" && typeof argument.value === "string" && argument.value.startsWith(".");
}
