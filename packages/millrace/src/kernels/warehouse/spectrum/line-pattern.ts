import { createContext, Script } from "node:vm";
import { compileGrok, groupPrefix } from "../../../formats/grok/grok-pattern.ts";
import { toJavaScript } from "../../../formats/grok/grok-syntax.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import type { FileFormat } from "./storage-format.ts";

/** For the lines of one chunk, at most 2,048: a pattern that takes longer never ends for some line. */
const maxCallMs = 2_000;

/** The expression of a RegexSerDe or a GrokSerDe, which has a group for each column. */
export class LinePattern {
  readonly source: string;
  readonly flags: string;

  /** @throws SqlError 22023 for a pattern that is none */
  constructor({
    language,
    pattern,
    customPatterns,
    caseInsensitive,
  }: Extract<FileFormat, { kind: "pattern" }>) {
    this.flags = caseInsensitive ? "is" : "s";
    if (language === "regex") {
      this.source = `^(?:${toJavaScript(pattern)})$`;
    } else {
      const compiled = compileGrok(pattern, customPatterns, "fields");
      if (typeof compiled === "string") throw invalid(compiled);
      this.source = compiled.expression.source;
    }
    try {
      new RegExp(this.source, this.flags);
    } catch (error) {
      throw invalid(error instanceof Error ? error.message : String(error));
    }
  }
}

function invalid(problem: string): SqlError {
  return new SqlError("22023", `the pattern of the SerDe is not valid: ${problem}`);
}

/**
 * The groups of each line as JSON; null for a line that does not match, which is a row without values. The pattern
 * is somebody else's and may take for ever, so it runs under V8's own time limit.
 * @throws SqlError 57014
 */
export function matchLines(
  source: string,
  flags: string,
  lines: readonly string[],
): readonly (string | null)[] {
  const sandbox = createContext({ source, flags, lines: JSON.stringify(lines) });
  try {
    const result: unknown = matcher().runInContext(sandbox, { timeout: maxCallMs });
    return JSON.parse(String(result)) as readonly (string | null)[];
  } catch (error) {
    throw new SqlError("XX000", "Spectrum Scan Error: the pattern of the SerDe takes too long", {
      cause: error,
    });
  }
}

function matcher(): Script {
  return new Script(`(() => {
    const expression = new RegExp(source, flags);
    return JSON.stringify(JSON.parse(lines).map((line) => {
      const found = expression.exec(line);
      if (found === null) return null;
      const named = found.groups ?? {};
      const fields = [];
      for (let at = 0; ("${groupPrefix}" + at) in named; at++) fields.push(named["${groupPrefix}" + at] ?? null);
      return JSON.stringify(fields.length > 0 ? fields : found.slice(1).map((text) => text ?? null));
    }));
  })()`);
}
