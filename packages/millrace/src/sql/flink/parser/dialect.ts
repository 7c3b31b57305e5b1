import type { LexerRules } from "../../lexer/lexer.ts";

/** What the parser is told of the language that a text is written in. */
export interface Dialect {
  readonly rules: LexerRules;
  /** What happens to the case of names without quotes. */
  readonly names: "keep" | "upper";
  /** The dialect of SQL-1_0: STREAM, PUMP, STEP, WINDOWED BY. */
  readonly retired: boolean;
}

/** As Calcite has them: no `>>`, so that types nest; `*` and `/` behind a hint are its end. */
const OPERATORS: readonly string[] = [
  "/*+",
  "*/",
  "<>",
  "<=",
  ">=",
  "!=",
  "||",
  "=>",
  "=",
  "<",
  ">",
  "+",
  "-",
  "*",
  "/",
  "%",
  "|",
  "^",
  "?",
];

export const FLINK: Dialect = {
  rules: {
    nameQuote: "`",
    backslashEscapes: false,
    dollars: false,
    operators: OPERATORS,
    flatComments: true,
    slashComments: true,
  },
  names: "keep",
  retired: false,
};

export const RETIRED: Dialect = {
  rules: {
    nameQuote: '"',
    backslashEscapes: false,
    dollars: false,
    operators: OPERATORS.filter((operator) => operator !== "/*+" && operator !== "*/"),
    flatComments: true,
    slashComments: true,
  },
  names: "upper",
  retired: true,
};
