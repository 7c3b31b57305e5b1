import { isNamePart, isNameStart } from "../../lexer/characters.ts";
import type { Identifier } from "../ast/name.ts";
import { isReserved } from "../parser/keywords.ts";

/** A name, in quotes where it was in quotes or must be. */
export function nameText({ name, quoted }: Identifier): string {
  return quoted || !isPlain(name) ? `"${name.replaceAll('"', '""')}"` : name;
}

/** Names with dots between them. */
export const pathText = (parts: readonly Identifier[]): string => parts.map(nameText).join(".");

/** `(a, b)`, or nothing for no names. */
export const columnsText = (columns: readonly Identifier[]): string =>
  columns.length === 0 ? "" : ` (${columns.map(nameText).join(", ")})`;

/** Words that begin something else where a name could stand. */
const AMBIGUOUS: ReadonlySet<string> = new Set(
  "approximate at connect exclude interval operator prior qualify remove set start".split(" "),
);

function isPlain(name: string): boolean {
  const start = name.startsWith("#") ? 1 : 0;
  if (!isNameStart(name.charCodeAt(start)) || isReserved(name) || AMBIGUOUS.has(name)) {
    return false;
  }
  for (let i = start; i < name.length; i++) {
    const code = name.charCodeAt(i);
    if (!isNamePart(code) || (code >= 0x41 && code <= 0x5a)) {
      return false;
    }
  }
  return true;
}
