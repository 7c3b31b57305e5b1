/**
 * The style rules as a program: prints `file:line rule: message` for whatever breaks one, and fails then.
 *
 *   node scripts/tidy.ts [root]
 */
import { join, resolve } from "node:path";
import { rules } from "./tidy/rules.ts";
import { type Finding, readTree } from "./tidy/tree.ts";

const root = resolve(process.argv[2] ?? join(import.meta.dirname, ".."));
const tree = readTree(root);
const findings = [...rules.flatMap((rule) => rule(tree)), ...(await references())].sort(
  (a, b) => a.path.localeCompare(b.path) || a.line - b.line,
);
for (const { path, line, rule, message } of findings) console.log(`${path}:${line} ${rule}: ${message}`);
console.log(
  findings.length === 0
    ? `tidy: ${tree.files.length} files, nothing to say`
    : `tidy: ${findings.length} to mend in ${tree.files.length} files`,
);
process.exitCode = findings.length === 0 ? 0 : 1;

/** Made by running the command line, which a tree need not have. */
async function references(): Promise<readonly Finding[]> {
  if (!tree.has("packages/millrace/src/cli/program.ts")) return [];
  return (await import("./tidy/reference-pages.ts")).referencePages(tree);
}
