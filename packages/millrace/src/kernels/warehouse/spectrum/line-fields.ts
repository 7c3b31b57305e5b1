/** Fields of a line in which an escape takes the meaning from the character behind it. */
export function escapedFields(line: string, delimiter: string, escapeMark: string): string[] {
  const fields: string[] = [];
  let field = "";
  for (let at = 0; at < line.length; ) {
    if (line.startsWith(escapeMark, at) && at + escapeMark.length < line.length) {
      // What stands for a missing value keeps its escape: `\N`.
      const next = line[at + escapeMark.length] ?? "";
      field += next === "N" && escapeMark === "\\" ? "\\N" : next;
      at += escapeMark.length + 1;
    } else if (line.startsWith(delimiter, at)) {
      fields.push(field);
      field = "";
      at += delimiter.length;
    } else {
      field += line[at];
      at += 1;
    }
  }
  fields.push(field);
  return fields;
}

/**
 * Fields of a line as OpenCSV reads it: a quoted field may hold separators, a doubled quote in it is one, and an
 * escape in it makes a quote or an escape of what follows.
 */
export function csvFields(line: string, separator: string, quote: string, escapeMark: string): string[] {
  const fields: string[] = [];
  let field = "";
  let inQuotes = false;
  for (let at = 0; at < line.length; at++) {
    const character = line[at] ?? "";
    const next = line[at + 1];
    if (character === escapeMark && inQuotes && (next === quote || next === escapeMark)) {
      field += next;
      at += 1;
    } else if (character === quote && inQuotes && next === quote) {
      field += quote;
      at += 1;
    } else if (character === quote) {
      inQuotes = !inQuotes;
    } else if (character === separator && !inQuotes) {
      fields.push(field);
      field = "";
    } else {
      field += character;
    }
  }
  fields.push(field);
  return fields;
}

/** The keys of a document in lower case; all else stays as it is written, so that numbers keep their digits. */
export function lowerKeys(document: string): string {
  return document.replaceAll(/"(?:[^"\\]|\\.)*"(\s*:)?/gs, (text, colon: string | undefined) =>
    colon === undefined ? text : lowerKey(text),
  );
}

/** Escapes such as `\u0041` keep their own spelling. */
function lowerKey(text: string): string {
  return text.replaceAll(/\\.|[^\\]+/gs, (part) => (part.startsWith("\\") ? part : part.toLowerCase()));
}
