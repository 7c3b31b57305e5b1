/**
 * Rewrites what the regular expressions of Grok (Oniguruma's and Java's) have and JavaScript's do not: atomic
 * groups and possessive repetitions match like plain ones, `(?i)` spells letters in both cases, and POSIX
 * classes, `\h`, `\A`, `\Z` and `\z` are written out. Undefined for what cannot be rewritten.
 */
export function toJavaScript(expression: string): string {
  let output = "";
  let ignoreCase = false;
  let inClass = false;
  for (let at = 0; at < expression.length; ) {
    const rest = expression.slice(at, at + 16);
    const step: Step = inClass ? classStep(rest, ignoreCase) : plainStep(rest, ignoreCase);
    at += step.length;
    output += step.text;
    if (step.ignoreCase !== undefined) ignoreCase = step.ignoreCase;
    if (step.opens === true) inClass = true;
    if (step.closes === true) inClass = false;
  }
  return output;
}

interface Step {
  /** Characters of the expression that this step takes. */
  readonly length: number;
  readonly text: string;
  readonly ignoreCase?: boolean;
  readonly opens?: boolean;
  readonly closes?: boolean;
}

const escapes: ReadonlyMap<string, string> = new Map([
  ["\\h", "[0-9A-Fa-f]"],
  ["\\H", "[^0-9A-Fa-f]"],
  ["\\A", "^"],
  ["\\Z", "$"],
  ["\\z", "$"],
]);

function plainStep(rest: string, ignoreCase: boolean): Step {
  if (rest.startsWith("\\")) {
    const pair = rest.slice(0, 2);
    return { length: pair.length, text: escapes.get(pair) ?? pair };
  }
  if (rest.startsWith("(?>")) return { length: 3, text: "(?:" };
  if (rest.startsWith("(?i)")) return { length: 4, text: "", ignoreCase: true };
  if (rest.startsWith("(?-i)")) return { length: 5, text: "", ignoreCase: false };
  const group = /^\(\?(?:[=!:]|<[=!]|<?[A-Za-z_0-9]*>?)/.exec(rest)?.[0];
  if (group !== undefined) return { length: group.length, text: group };
  if (/^[*+?}]\+/.test(rest)) return { length: 2, text: rest.slice(0, 1) };
  if (rest.startsWith("[")) {
    const negated = rest.startsWith("[^");
    return { length: negated ? 2 : 1, text: negated ? "[^" : "[", opens: true };
  }
  return letter(rest, ignoreCase, (lower, upper) => `[${lower}${upper}]`);
}

const posix: ReadonlyMap<string, string> = new Map([
  ["alpha", "a-zA-Z"],
  ["digit", "0-9"],
  ["alnum", "a-zA-Z0-9"],
  ["upper", "A-Z"],
  ["lower", "a-z"],
  ["space", "\\s"],
  ["blank", " \\t"],
  ["punct", "!-\\/:-@\\[-`{-~"],
  ["xdigit", "0-9A-Fa-f"],
  ["word", "\\w"],
]);

function classStep(rest: string, ignoreCase: boolean): Step {
  if (rest.startsWith("\\"))
    return { length: 2, text: rest.startsWith("\\h") ? "0-9A-Fa-f" : rest.slice(0, 2) };
  if (rest.startsWith("]")) return { length: 1, text: "]", closes: true };
  const named = /^\[:([a-z]+):\]/.exec(rest);
  if (named !== null) return { length: named[0].length, text: posix.get(named[1] ?? "") ?? "" };
  if (rest.startsWith("[")) return { length: 1, text: "\\[" };
  const range = ignoreCase ? /^([a-z])-([a-z])|^([A-Z])-([A-Z])/.exec(rest)?.[0] : undefined;
  if (range !== undefined) return { length: 3, text: `${range.toLowerCase()}${range.toUpperCase()}` };
  return letter(rest, ignoreCase, (lower, upper) => `${lower}${upper}`);
}

function letter(rest: string, ignoreCase: boolean, both: (lower: string, upper: string) => string): Step {
  const character = rest.slice(0, 1);
  if (!ignoreCase || !/[a-zA-Z]/.test(character)) return { length: 1, text: character };
  return { length: 1, text: both(character.toLowerCase(), character.toUpperCase()) };
}
