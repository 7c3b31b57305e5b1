import type { TailRecord } from "./tail-record.ts";

const operators = ["!=", ">=", "<=", "=", ">", "<"] as const;
type Operator = (typeof operators)[number];

type Term =
  | { readonly kind: "text"; readonly text: string; readonly isNot: boolean }
  | {
      readonly kind: "field";
      readonly path: readonly string[];
      readonly operator: Operator;
      readonly value: string;
    };

/**
 * What is looked for, as it is typed: words that are in the record or its key, `field=value`, `a.b>5`, `-word` for
 * what is not in it; quotes hold spaces together. All of them have to be true. The partition key is `@key`.
 */
export class RecordFilter {
  readonly #terms: readonly Term[];

  constructor(query: string) {
    this.#terms = [...query.matchAll(/(?:[^\s"]+|"[^"]*")+/g)].map(([word]) => termOf(word));
  }

  get isEmpty(): boolean {
    return this.#terms.length === 0;
  }

  matches(record: TailRecord): boolean {
    return this.#terms.every((term) => isTrue(term, record));
  }
}

function termOf(word: string): Term {
  const field = /^(@?[\w$][\w$.-]*|@key)(!=|>=|<=|=|>|<)(.*)$/s.exec(word);
  const operator = operators.find((known) => known === field?.[2]);
  if (field !== null && operator !== undefined)
    return { kind: "field", path: (field[1] ?? "").split("."), operator, value: unquoted(field[3] ?? "") };
  const isNot = word.startsWith("-") && word.length > 1;
  return { kind: "text", text: unquoted(isNot ? word.slice(1) : word).toLowerCase(), isNot };
}

function unquoted(word: string): string {
  return word.replaceAll('"', "");
}

function isTrue(term: Term, record: TailRecord): boolean {
  if (term.kind === "text") {
    const isIn =
      record.payload().text.toLowerCase().includes(term.text) || record.key.toLowerCase().includes(term.text);
    return isIn !== term.isNot;
  }
  const { path, operator, value } = term;
  if (path[0] === "@key") return holds(record.key, operator, value);
  const { value: read } = record.payload();
  // Of several values in a record one is enough.
  const values = Array.isArray(read) ? read : [read];
  const found = values.map((each: unknown) => at(each, path));
  if (operator === "!=") return found.every((each) => holds(each, operator, value));
  return found.some((each) => each !== undefined && holds(each, operator, value));
}

function at(value: unknown, path: readonly string[]): unknown {
  let current = value;
  for (const name of path) {
    if (typeof current !== "object" || current === null || !Object.hasOwn(current, name)) return undefined;
    current = (current as Readonly<Record<string, unknown>>)[name];
  }
  return current;
}

/** Numbers are compared as numbers, all else as text. */
function holds(found: unknown, operator: Operator, value: string): boolean {
  const text = typeof found === "object" && found !== null ? JSON.stringify(found) : String(found);
  if (operator === "=") return text === value;
  if (operator === "!=") return text !== value;
  const wanted = Number(value);
  const isNumber = typeof found === "number" && value !== "" && !Number.isNaN(wanted);
  const order = isNumber ? found - wanted : text < value ? -1 : text > value ? 1 : 0;
  if (operator === ">") return order > 0;
  if (operator === "<") return order < 0;
  return operator === ">=" ? order >= 0 : order <= 0;
}
