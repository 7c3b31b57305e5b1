import type { GrokPattern } from "../../../formats/grok/grok-pattern.ts";
import { maxLineCharacters } from "../../../formats/grok/line-matcher.ts";
import type { Sample } from "../../../formats/sniff/sample.ts";
import { isText, textOf } from "../../../formats/sniff/text.ts";
import { columnsOf } from "./columns.ts";
import { estimateFrom, parametersOf, serde, serdeLibraries, textClasses } from "./found.ts";
import { type Found, sampleBytes } from "./verdict.ts";

/** Lines that are matched. */
const maxLines = 1_000;

/** The first lines of an object that are not blank; undefined if it is no text. */
export interface LogLines {
  readonly lines: readonly string[];
  readonly characters: number;
  /** Whether there are no more lines. */
  readonly isWhole: boolean;
}

export async function readLines(sample: Sample): Promise<LogLines | undefined> {
  const content = await sample.take(sampleBytes);
  if (!isText(content)) return undefined;
  const text = textOf(content, sample.complete);
  const lines: string[] = [];
  let at = 0;
  while (at < text.length && lines.length < maxLines) {
    const end = text.indexOf("\n", at);
    const line = text.slice(at, end === -1 ? text.length : end).trimEnd();
    at = end === -1 ? text.length : end + 1;
    if (line !== "" && line.length <= maxLineCharacters) lines.push(line);
  }
  return { lines, characters: at, isWhole: sample.complete && at >= text.length };
}

/** What is found in lines of which `matched` fit the pattern. */
export function describeLines(
  sample: Sample,
  log: LogLines,
  pattern: { readonly compiled: GrokPattern; readonly text: string; readonly custom: string | undefined },
  classification: string,
  matched: number,
): Found {
  const custom = pattern.custom === undefined ? {} : { "input.grokCustomPatterns": pattern.custom };
  const named = pattern.custom === undefined ? {} : { grokCustomPatterns: pattern.custom };
  return {
    classification,
    certainty: matched / log.lines.length,
    columns: columnsOf(pattern.compiled.columns),
    parameters: { ...parametersOf(sample, classification), grokPattern: pattern.text, ...named },
    serde: serde(serdeLibraries.grok, { "input.format": pattern.text, ...custom }),
    ...textClasses,
    estimates: estimateFrom(sample, log.lines.length, log.characters, log.isWhole),
    why: [`${classification}: ${matched} of the first ${log.lines.length} lines match the pattern`],
  };
}
