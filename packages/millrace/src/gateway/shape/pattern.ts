/** Java's name for the printable characters of ASCII; JavaScript has only Unicode's classes. */
const javaClasses: readonly (readonly [string, string])[] = [
  ["\\p{Print}", "[\\x20-\\x7e]"],
  ["\\A", "^"],
  ["\\z", "$"],
];

/**
 * Compiles a pattern of an AWS model. They are Java's dialect and must match the whole value. Most compile
 * with the `u` flag; the rest escape characters that need no escape and compile without. A test compiles
 * all of them.
 */
export function compilePattern(pattern: string): RegExp {
  const translated = javaClasses.reduce((text, [java, ours]) => text.replaceAll(java, ours), pattern);
  // Possessive quantifiers only keep Java from trying again.
  const source = `^(?:${translated.replace(/([*+?}])\+/g, "$1")})$`;
  try {
    return new RegExp(source, "u");
  } catch {
    return new RegExp(source);
  }
}
