/**
 * Compiles a pattern of an AWS model. They are Java's dialect and must match the whole value. Possessive
 * quantifiers and `\A`, `\z` are Java's alone; the rest reads the same in JavaScript, most of it with the
 * `u` flag, and some only without because it escapes characters that need no escape.
 */
export function compilePattern(pattern: string): RegExp {
  const source = `^(?:${pattern
    .replaceAll("\\A", "^")
    .replaceAll("\\z", "$")
    .replace(/([*+?}])\+/g, "$1")})$`;
  try {
    return new RegExp(source, "u");
  } catch {
    return new RegExp(source);
  }
}
