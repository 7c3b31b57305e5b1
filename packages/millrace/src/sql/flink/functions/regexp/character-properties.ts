import { Refusal, UnknownPattern } from "./pattern-errors.ts";

/** POSIX classes are of ASCII in Java. */
const posix: Readonly<Record<string, string>> = Object.freeze({
  Lower: "a-z",
  Upper: "A-Z",
  ASCII: "\\u{0}-\\u{7f}",
  Alpha: "A-Za-z",
  Digit: "0-9",
  Alnum: "A-Za-z0-9",
  Punct: "\\u{21}-\\u{2f}\\u{3a}-\\u{40}\\u{5b}-\\u{60}\\u{7b}-\\u{7e}",
  Graph: "\\u{21}-\\u{7e}",
  Print: "\\u{20}-\\u{7e}",
  Blank: "\\u{9}\\u{20}",
  Cntrl: "\\u{0}-\\u{1f}\\u{7f}",
  XDigit: "0-9A-Fa-f",
  Space: "\\u{9}-\\u{d}\\u{20}",
  L1: "\\u{0}-\\u{ff}",
  javaLowerCase: "\\p{Lowercase}",
  javaUpperCase: "\\p{Uppercase}",
  javaLetter: "\\p{L}",
  javaDigit: "\\p{Nd}",
  javaLetterOrDigit: "\\p{L}\\p{Nd}",
  javaWhitespace:
    "\\u{9}-\\u{d}\\u{1c}-\\u{20}\\u{1680}\\u{2000}-\\u{2006}\\u{2008}-\\u{200a}\\u{2028}\\u{2029}\\u{205f}\\u{3000}",
});

/** Binary properties under Java's names. */
const binary: Readonly<Record<string, string>> = Object.freeze({
  alphabetic: "Alphabetic",
  ideographic: "Ideographic",
  letter: "L",
  lowercase: "Lowercase",
  uppercase: "Uppercase",
  titlecase: "Lt",
  punctuation: "P",
  control: "Cc",
  white_space: "White_Space",
  digit: "Nd",
  hex_digit: "Hex_Digit",
  noncharacter_code_point: "Noncharacter_Code_Point",
  emoji: "Emoji",
});

/**
 * `\p{...}` in JavaScript's syntax: POSIX classes, general categories, scripts and binary properties.
 * @throws UnknownPattern for what Java does not know
 * @throws Refusal for blocks, which JavaScript does not know
 */
export function propertyClass(name: string, isNegated: boolean): string {
  const body = propertyBody(name);
  return `[${isNegated ? "^" : ""}${body}]`;
}

function propertyBody(name: string): string {
  const known = Object.hasOwn(posix, name) ? posix[name] : undefined;
  if (known !== undefined) return known;
  if (/^In[A-Z]|^(?:block|blk)=/.test(name))
    throw new Refusal(`the block \\p{${name}} of a regular expression`);
  const bare = name.replace(/^Is/, "");
  const property = Object.hasOwn(binary, bare.toLowerCase()) ? binary[bare.toLowerCase()] : undefined;
  if (name.startsWith("Is") && property !== undefined) return `\\p{${property}}`;
  const candidates = [bare, bare.replace(/^(?:general_category|gc)=/i, "gc="), scriptOf(bare)];
  for (const candidate of candidates) {
    if (isProperty(candidate)) return `\\p{${candidate}}`;
  }
  throw new UnknownPattern(`there is no property '${name}'`);
}

/** Java takes script names in any case: `IsLatin`, `script=LATIN`. */
function scriptOf(name: string): string {
  const script = name.replace(/^(?:script|sc)=/i, "");
  return `sc=${script.toLowerCase().replace(/(?:^|_)[a-z]/g, (letter) => letter.toUpperCase())}`;
}

function isProperty(name: string): boolean {
  if (!/^[A-Za-z_]+(=[A-Za-z_]+)?$/.test(name)) return false;
  try {
    new RegExp(`\\p{${name}}`, "v");
    return true;
  } catch {
    // The engine says whether it knows the name.
    return false;
  }
}
