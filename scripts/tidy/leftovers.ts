import { isFixture } from "./areas.ts";
import type { Finding, Tree, TreeFile } from "./tree.ts";

/** Each pattern is written so that it does not match this file. */
interface Pattern {
  readonly rule: string;
  readonly pattern: RegExp;
  readonly message: string;
  /** Look at comments alone in code: in a string it may be data. */
  readonly commentsOnly: boolean;
}

const patterns: readonly Pattern[] = [
  {
    rule: "leftover",
    pattern: /\b(T[O]DO|F[I]XME|X[X]X)\b/,
    message: "do it now, or delete the note; what is missing for users belongs in the docs",
    commentsOnly: true,
  },
  {
    rule: "machine-path",
    // Home directories that exist on every EMR, EC2 or Glue machine are data, not ours.
    pattern: /(?<![\w.\-/}])\/(w[o]rk|r[o]ot|h[o]me\/(?!hadoop|ec2-user|glue_user|user\b)[\w.-]+)\//,
    message: "a path of one machine: make it relative, or take it from configuration or os.tmpdir()",
    commentsOnly: false,
  },
  {
    rule: "workplace",
    pattern:
      /\b(language m[o]del|coding a[g]ent|AI a[s]sistant|system p[r]ompt|Co-A[u]thored-By|a[n]thropic|ch[a]tgpt)\b/i,
    message: "say what the code does and why; how it was made is of no use to its reader",
    commentsOnly: false,
  },
];

/** Nothing unfinished, nothing of the place where it was written. */
export function leftovers(tree: Tree): readonly Finding[] {
  return tree.files.filter((file) => isText(file.path) && !isFixture(file.path)).flatMap(checkFile);
}

function isText(path: string): boolean {
  return /\.(ts|tsx|mjs|md|sh|yml|yaml|css|html|sql)$|^\.ci\/|(^|\/)package\.json$/.test(path);
}

function checkFile(file: TreeFile): readonly Finding[] {
  const isCode = /\.(ts|tsx|mjs)$/.test(file.path);
  const findings: Finding[] = [];
  for (const { rule, pattern, message, commentsOnly } of patterns) {
    if (!pattern.test(file.text)) continue;
    const numbered = commentsOnly && isCode ? commentLines(file) : allLines(file.text);
    for (const { text, line } of numbered) {
      const found = pattern.exec(text)?.[0];
      if (found !== undefined)
        findings.push({ path: file.path, line, rule, message: `${found.trim()}: ${message}` });
    }
  }
  return findings;
}

interface NumberedLine {
  readonly text: string;
  readonly line: number;
}

function allLines(text: string): readonly NumberedLine[] {
  return text.split("\n").map((line, index) => ({ text: line, line: index + 1 }));
}

function commentLines(file: TreeFile): readonly NumberedLine[] {
  return file.syntax.comments.flatMap((comment) => {
    const first = file.lineAt(comment.start);
    return comment.value.split("\n").map((text, index) => ({ text, line: first + index }));
  });
}
