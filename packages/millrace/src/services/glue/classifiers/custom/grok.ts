import { compileGrok } from "../../../../formats/grok/grok-pattern.ts";
import { guardedMatcher } from "../../../../formats/grok/line-matcher.ts";
import type { Sample } from "../../../../formats/sniff/sample.ts";
import type { GrokClassifier } from "../custom-classifier.ts";
import { describeLines, readLines } from "../log-lines.ts";
import { type Classifier, no, type Verdict } from "../verdict.ts";

/** A classifier of lines by a pattern of the user's, which runs under a time limit. */
export function grokClassifier(definition: GrokClassifier): Classifier | string {
  const { name, grokPattern, customPatterns, classification } = definition;
  const compiled = compileGrok(grokPattern, customPatterns);
  if (typeof compiled === "string") return compiled;
  const match = guardedMatcher(compiled.expression);
  const judge = async (sample: Sample): Promise<Verdict> => {
    const log = await readLines(sample);
    if (log === undefined || log.lines.length === 0) return no("there are no lines of text");
    const matched = match(log.lines);
    if (matched === undefined) return no("the pattern took too long on a line, and is not tried again");
    if (matched === 0) return no("no line matches the pattern");
    const pattern = { compiled, text: grokPattern, custom: customPatterns };
    return { kind: "match", found: describeLines(sample, log, pattern, classification, matched) };
  };
  return { name, custom: true, judge };
}
