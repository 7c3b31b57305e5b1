import { invalidInput } from "../errors.ts";

type Part = string | "any-run" | "any-one";

/**
 * A pattern of names as Hive's metastore and its clients write them: characters, `*` and `.*` for any run, `.`
 * for any one character, `|` between alternatives; capital and small letters are the same. Matching takes at
 * most name times pattern steps.
 */
export class FunctionPattern {
  readonly #alternatives: readonly (readonly Part[])[];

  /** @throws ServiceError for other regular expressions */
  constructor(text: string) {
    if (/[[\](){}+?^$\\]/.test(text))
      throw invalidInput(
        `Pattern ${text} is not supported: it may contain *, .*, . and | beside characters.`,
      );
    this.#alternatives = text.split("|").map((alternative) => partsOf(alternative.toLowerCase()));
  }

  matches(name: string): boolean {
    return this.#alternatives.some((parts) => matchesParts(parts, name.toLowerCase()));
  }
}

const anyRun = "any-run";
const anyOne = "any-one";

function partsOf(text: string): Part[] {
  const pieces = text.match(/\.\*|\*|\.|[^.*]/gsu) ?? [];
  return pieces.map((piece): Part => {
    if (piece === "*" || piece === ".*") return anyRun;
    return piece === "." ? anyOne : piece;
  });
}

/** Goes back to the last run only: what an earlier one could take, the last one can take, too. */
function matchesParts(parts: readonly Part[], name: string): boolean {
  const characters = [...name];
  let at = 0;
  let part = 0;
  let lastRun = -1;
  let retryAt = 0;
  while (at < characters.length) {
    const wanted = parts[part];
    if (wanted === anyRun) {
      lastRun = part++;
      retryAt = at;
    } else if (wanted === anyOne || (wanted !== undefined && wanted === characters[at])) {
      part++;
      at++;
    } else if (lastRun >= 0) {
      part = lastRun + 1;
      at = ++retryAt;
    } else return false;
  }
  while (parts[part] === anyRun) part++;
  return part === parts.length;
}
