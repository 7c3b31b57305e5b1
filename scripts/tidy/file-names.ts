import { isFixture } from "./areas.ts";
import type { Finding, Tree } from "./tree.ts";

const rule = "file-name";
const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*$/;
/** Names that tools and readers expect as they are. */
const established: readonly RegExp[] = [
  /^(\.[a-z]|[A-Z]+(\.md)?$)/,
  /^Dockerfile$/,
  /^([A-Z][a-z0-9]*)+\.java$/,
];
/** A word that says nothing about what is inside. */
const empty: readonly string[] = [
  "util",
  "utils",
  "helper",
  "helpers",
  "common",
  "manager",
  "managers",
  "misc",
];

function checkPart(part: string): string | undefined {
  if (established.some((pattern) => pattern.test(part))) return undefined;
  if (!kebab.test(part)) return `${part} is not kebab-case: write it like segment-index.ts`;
  const lastWord = part.replace(/\..*/, "").split("-").at(-1) ?? "";
  if (empty.includes(lastWord))
    return `${part} says nothing about what is inside: name the file after the thing it holds, such as segment-index.ts`;
  return undefined;
}

/** Files and folders are kebab-case nouns. */
export function fileNames(tree: Tree): readonly Finding[] {
  const findings: Finding[] = [];
  for (const { path } of tree.files) {
    if (isFixture(path)) continue;
    for (const part of path.split("/")) {
      const message = checkPart(part);
      if (message !== undefined) findings.push({ path, line: 1, rule, message });
    }
  }
  return findings;
}
