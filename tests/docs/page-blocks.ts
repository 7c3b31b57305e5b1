import { stripVTControlCharacters } from "node:util";

/** A block of a page, as it is to be run. */
export type Block =
  /** A script of the shell, and what the page says that it prints. */
  | {
      readonly kind: "sh";
      readonly line: number;
      readonly text: string;
      readonly printed: string | undefined;
    }
  /** Statements for the warehouse. */
  | {
      readonly kind: "sql";
      readonly line: number;
      readonly text: string;
      readonly printed: string | undefined;
    }
  /** A program of streaming SQL, which is run as an application. */
  | { readonly kind: "flink"; readonly line: number; readonly text: string }
  /** A program: its language by the ending of its file. */
  | {
      readonly kind: "program";
      readonly line: number;
      readonly text: string;
      readonly language: "ts" | "python";
    }
  /** A file that what comes after it needs. */
  | { readonly kind: "file"; readonly line: number; readonly text: string; readonly name: string }
  /** Not run here, and why. */
  | { readonly kind: "left"; readonly line: number; readonly text: string; readonly reason: string };

interface Fence {
  readonly line: number;
  readonly language: string;
  readonly text: string;
  /** `<!-- file: main.tf -->`, `<!-- run: flink -->` or `<!-- not run: why -->` in the line before. */
  readonly directive: string | undefined;
  /** Where the line after it is, counted from 0. */
  readonly end: number;
}

/** The blocks of a page that do something, in its order. */
export function blocksOf(page: string): readonly Block[] {
  const lines = page.split("\n");
  const fences = fencesOf(lines);
  return fences.flatMap((fence, i) => blockOf(fence, printedAfter(fence, fences[i + 1], lines)) ?? []);
}

function blockOf(fence: Fence, printed: string | undefined): Block | undefined {
  const { line, text, language, directive = "" } = fence;
  const file = /^file: (\S+)$/.exec(directive)?.[1];
  if (file !== undefined) return { kind: "file", line, text, name: file };
  const reason = /^not run: (.+)$/.exec(directive)?.[1];
  if (reason !== undefined) return { kind: "left", line, text, reason };
  if (directive === "run: flink") return { kind: "flink", line, text };
  if (directive !== "") throw new Error(`line ${line}: nothing is known about ${directive}`);
  if (language === "sh" || language === "sql") return { kind: language, line, text, printed };
  if (language === "ts" || language === "python") return { kind: "program", line, text, language };
  return undefined;
}

/** What a command prints stands in a block without a language, right after it. */
function printedAfter(fence: Fence, next: Fence | undefined, lines: readonly string[]): string | undefined {
  if (next === undefined || next.language !== "" || next.directive !== undefined) return undefined;
  const between = lines.slice(fence.end, next.line - 1);
  return between.every((line) => line.trim() === "") ? next.text : undefined;
}

function fencesOf(lines: readonly string[]): readonly Fence[] {
  const fences: Fence[] = [];
  for (let at = 0; at < lines.length; at++) {
    const opening = /^```([a-z]*)$/.exec(lines[at] ?? "");
    if (opening === null) continue;
    const end = lines.indexOf("```", at + 1);
    if (end === -1) throw new Error(`line ${at + 1}: this block does not end`);
    fences.push({
      line: at + 1,
      language: opening[1] ?? "",
      text: `${lines.slice(at + 1, end).join("\n")}\n`,
      directive: directiveBefore(lines, at),
      end: end + 1,
    });
    at = end;
  }
  return fences;
}

function directiveBefore(lines: readonly string[], at: number): string | undefined {
  const before = lines[at - 1] === "" ? lines[at - 2] : lines[at - 1];
  return /^<!-- ((?:file|run|not run): .+) -->$/.exec(before ?? "")?.[1];
}

/**
 * The first line that a page promises and a command did not print; undefined when all are there, in their order.
 * Spaces do not matter, and `...` stands for anything.
 */
export function missingLine(promised: string, printed: string): string | undefined {
  const lines = printed.split("\n").map(squeezed);
  let from = 0;
  for (const line of promised.split("\n").map(squeezed)) {
    if (line === "" || line === "...") continue;
    const pattern = new RegExp(
      `^${line
        .split(/ ?\.\.\. ?/)
        .map(escaped)
        .join(".*")}$`,
    );
    const found = lines.findIndex((candidate, i) => i >= from && pattern.test(candidate));
    if (found === -1) return line;
    from = found + 1;
  }
  return undefined;
}

function squeezed(line: string): string {
  return stripVTControlCharacters(line).trim().replace(/\s+/g, " ");
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
