const dateMembers = ["LastAccessTime", "LastAnalyzedTime"] as const;

/** A definition as JSON text; dates become ISO texts. */
export function writeDocument(definition: object): string {
  return JSON.stringify(definition);
}

/** A definition from its JSON text. */
export function readDocument<T extends object>(text: string): T {
  const document = JSON.parse(text) as Record<string, unknown>;
  for (const member of dateMembers) {
    const value = document[member];
    if (typeof value === "string") document[member] = new Date(value);
  }
  return document as T;
}
