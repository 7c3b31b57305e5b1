/** A string literal of the engine. */
export function quoteString(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** An identifier of the engine. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
