/** One line, with what a terminal would obey written out: what it shows may come from anybody. */
export function visible(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is escaped.
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, (sign) =>
    sign === "\n" ? "↵" : sign === "\t" ? " " : `\\x${sign.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
}
