import { parseScript } from "../../../sql/redshift/parser/redshift-parser.ts";
import type { ParsedStatement } from "../sql-session.ts";

/** Texts whose trees are kept, and the longest of them in characters: together about 50 MB at the very most. */
const maxTexts = 500;
const maxTextCharacters = 8_192;

/** Statements that come again are parsed once for all sessions of a cluster. Trees are immutable. */
export class ParseCache {
  readonly #texts = new Map<string, readonly ParsedStatement[]>();

  /** @throws SqlError 42601 */
  parse(script: string, caseSensitiveIdentifiers: boolean): readonly ParsedStatement[] {
    if (script.length > maxTextCharacters) return parseScript(script, { caseSensitiveIdentifiers });
    const key = `${caseSensitiveIdentifiers ? "s" : "i"}${script}`;
    const known = this.#texts.get(key);
    if (known !== undefined) {
      this.#texts.delete(key);
      this.#texts.set(key, known);
      return known;
    }
    const parsed = parseScript(script, { caseSensitiveIdentifiers });
    this.#texts.set(key, parsed);
    if (this.#texts.size > maxTexts) {
      const oldest = this.#texts.keys().next().value;
      if (oldest !== undefined) this.#texts.delete(oldest);
    }
    return parsed;
  }
}
