/** `posix`: Redshift's default expressions. `pcre`: those of the parameter `p`. */
export type PatternFlavor = "posix" | "pcre";

/**
 * The pattern as the engine's expressions (RE2) write it, or undefined where they cannot say it: look-around,
 * back-references, possessive quantifiers. Callers then use a script function.
 */
export function enginePattern(pattern: string, flavor: PatternFlavor): string | undefined {
  if (/\(\?[=!<]|\\[1-9kgGZuX]|[*+?}]\+|\(\?>|\(\?#|\(\?\(/.test(pattern)) return undefined;
  if (/\[[.=]|\[\[:[<>]:\]\]|\\[mMyY]/.test(pattern)) return undefined;
  if (flavor === "posix" && /\\[bBAz]/.test(pattern)) return undefined;
  if (!isBalanced(pattern)) return undefined;
  return pattern;
}

function isBalanced(pattern: string): boolean {
  let depth = 0;
  for (const token of pattern.match(/\\.|\[\^?\]?(?:\[:\w+:\]|\\.|[^\]])*\]|[\s\S]/g) ?? []) {
    if (token === "(") depth++;
    if (token === ")") depth--;
    if (token === "[" || depth < 0) return false;
  }
  return depth === 0 && !/(?:^|[^\\])(?:\\\\)*\\$/.test(pattern);
}

/** The pattern as JavaScript's expressions write it. @throws SyntaxError for what is no expression */
export function scriptPattern(pattern: string): string {
  return pattern.replace(/\[\^?\]?(?:\[:\w+:\]|\\.|[^\]])*\]/g, (brackets) =>
    brackets
      .replace(/\[:(\w+):\]/g, (whole, name: string) => classes[name as "alpha"] ?? whole)
      .replace(/^\[(\^?)\]/, "[$1\\]"),
  );
}

const classes = Object.freeze({
  alpha: "A-Za-z",
  digit: "0-9",
  alnum: "A-Za-z0-9",
  upper: "A-Z",
  lower: "a-z",
  space: "\\s",
  blank: " \\t",
  punct: "!-\\/:-@\\[-`{-~",
  cntrl: "\\x00-\\x1f\\x7f",
  print: "\\x20-\\x7e",
  graph: "\\x21-\\x7e",
  xdigit: "0-9A-Fa-f",
  word: "\\w",
});
