/** SIMILAR TO's pattern as a POSIX expression that must match the whole text: `%` is `.*`, `_` is `.`. */
export function similarPattern(pattern: string, escapeText: string): string {
  let regex = "";
  let inBrackets = false;
  const characters = [...pattern];
  for (let index = 0; index < characters.length; index++) {
    const character = characters[index] ?? "";
    if (character === escapeText && escapeText !== "" && index + 1 < characters.length) {
      regex += escaped(characters[++index] ?? "");
    } else if (inBrackets) {
      if (character === "]") inBrackets = false;
      regex += character === "\\" ? "\\\\" : character;
    } else if (character === "[") {
      inBrackets = true;
      regex += "[";
    } else regex += similarCharacter(character);
  }
  return `^(?:${regex})$`;
}

function similarCharacter(character: string): string {
  if (character === "%") return ".*";
  if (character === "_") return ".";
  return character === "." || character === "^" || character === "$" || character === "\\"
    ? `\\${character}`
    : character;
}

function escaped(character: string): string {
  return /[A-Za-z0-9]/.test(character) ? character : `\\${character}`;
}
