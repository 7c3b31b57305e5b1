import { createContext, Script } from "node:vm";

/** Longer lines are not matched: what a pattern may cost grows with the length. */
export const maxLineCharacters: number = 16 * 1024;

/** Time for one call, in which a well-made pattern matches thousands of lines. */
const maxCallMs = 500;

/** How many of some lines match; undefined if the pattern took too long. */
export type LineMatcher = (lines: readonly string[]) => number | undefined;

/**
 * Matches lines against an expression that somebody else wrote. Such an expression can take longer than the
 * age of the universe for one short line, so it runs under V8's own time limit, which also ends a match that
 * is under way. A pattern that has once run into it is not run again.
 */
export function guardedMatcher(expression: RegExp): LineMatcher {
  let script: Script | undefined;
  const sandbox = createContext({ source: expression.source, flags: expression.flags, lines: "[]" });
  let gaveUp = false;
  return (lines) => {
    if (gaveUp) return undefined;
    script ??= new Script(
      `globalThis.expression ??= new RegExp(source, flags);
       JSON.parse(lines).reduce((count, line) => count + (expression.test(line) ? 1 : 0), 0)`,
    );
    sandbox["lines"] = JSON.stringify(lines.filter((line) => line.length <= maxLineCharacters));
    try {
      const count: unknown = script.runInContext(sandbox, { timeout: maxCallMs });
      return typeof count === "number" ? count : undefined;
    } catch {
      // The time limit, or a stack that overflowed while matching: the pattern is at fault either way.
      gaveUp = true;
      return undefined;
    }
  };
}
