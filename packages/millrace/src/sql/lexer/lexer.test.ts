import { describe, expect, it } from "vitest";
import { SqlError } from "../sql-error.ts";
import { Lexer, type LexerRules } from "./lexer.ts";
import type { Token } from "./token.ts";

const REDSHIFT: LexerRules = { nameQuote: '"', backslashEscapes: true, dollars: true };
const STANDARD: LexerRules = { nameQuote: "`", backslashEscapes: false, dollars: false };

function tokens(text: string, rules: LexerRules = REDSHIFT): Token[] {
  const lexer = new Lexer(text, rules);
  const found: Token[] = [];
  for (let token = lexer.next(); token.kind !== "end"; token = lexer.next()) {
    found.push(token);
  }
  return found;
}

const read = (text: string, rules?: LexerRules): string[] =>
  tokens(text, rules).map(({ kind, value }) => `${kind} ${value}`);

function failure(text: string): SqlError {
  try {
    tokens(text);
  } catch (error) {
    if (error instanceof SqlError) {
      return error;
    }
    throw error;
  }
  throw new Error(`${text} was read`);
}

describe("words and names", () => {
  it("folds ASCII letters of words only", () => {
    expect(read("Select ÄÖ_1$ İ")).toEqual(["word select", "word ÄÖ_1$", "word İ"]);
  });

  it("keeps the text between quotes", () => {
    expect(read('"A ""b"" c" "x"')).toEqual(['quoted A "b" c', "quoted x"]);
    expect(read('`A ``b` "x"', STANDARD)).toEqual(["quoted A `b", 'symbol "', "word x", 'symbol "']);
  });

  it("says where quotes are wrong", () => {
    expect(failure('select "abc')).toMatchObject({
      sqlState: "42601",
      message: 'unterminated quoted identifier at or near ""abc"',
      position: 7,
    });
    expect(failure('select ""').message).toBe('zero-length delimited identifier at or near """"');
  });

  it("counts positions in UTF-16 units", () => {
    expect(tokens("'😀' a").map(({ start, end }) => [start, end])).toEqual([
      [0, 4],
      [5, 6],
    ]);
  });
});

describe("literals", () => {
  it.each([
    ["'it''s'", "it's"],
    ["''", ""],
    ["''''", "'"],
    [String.raw`'it\'s'`, "it's"],
    [String.raw`'a\\'`, "a\\"],
    [String.raw`'\\''x'`, "\\'x"],
    [String.raw`'\b\f\n\r\t\N\x'`, "\b\f\n\r\tNx"],
    [String.raw`'\101\303\251\60'`, "Aé0"],
    [String.raw`E'\x41\xc3\xa9\u00e9\U0001f600\u12'`, "Aéé😀u12"],
    [String.raw`e'\'\x4'`, "'\u0004"],
    ["n'x'", "x"],
    [String.raw`U&'d\0061t\+000061 \\'`, "data \\"],
    ["'a'\n  'b'\r\n'c'", "abc"],
    ["$$it's \\n$$", "it's \\n"],
    ["$tag$ $$ $tagx$ $tag$", " $$ $tagx$ "],
    ["$é$x$é$", "x"],
  ])("reads %s", (text, value) => {
    expect(tokens(text)).toEqual([
      expect.objectContaining({ kind: "string", value, start: 0, end: text.length }),
    ]);
  });

  it("does not join literals on one line, nor over a comment", () => {
    expect(read("'a' 'b'")).toEqual(["string a", "string b"]);
    expect(read("'a' --\n'b'")).toEqual(["string a", "string b"]);
  });

  it("leaves backslashes alone where the dialect does", () => {
    expect(read(String.raw`'a\' 'b'`, STANDARD)).toEqual(["string a\\", "string b"]);
  });

  it("reads bit strings and checks their digits", () => {
    expect(read("b'101' X'fF'")).toEqual(["bits b101", "bits xfF"]);
    expect(failure("b'2'")).toMatchObject({ sqlState: "22P02", message: '"2" is not a valid binary digit' });
    expect(failure("x'g'").message).toBe('"g" is not a valid hexadecimal digit');
  });

  it.each([
    ["select 'abc", `unterminated quoted string at or near "'abc"`],
    [String.raw`select 'abc\'`, String.raw`unterminated quoted string at or near "'abc\'"`],
    ["select $$abc$", 'unterminated dollar-quoted string at or near "$$abc$"'],
    ["select /* /* */", 'unterminated /* comment at or near "/* /* */"'],
  ])("refuses %s", (text, message) => {
    expect(failure(text)).toMatchObject({ sqlState: "42601", message, position: 7 });
  });

  it("refuses code points that do not exist", () => {
    expect(failure(String.raw`U&'\+110000'`).message).toContain("invalid Unicode escape value");
  });
});

describe("numbers and parameters", () => {
  it("reads each form", () => {
    expect(read("1 1.5 .5 5. 1e3 1.5E-3 .1e+2")).toEqual(
      ["1", "1.5", ".5", "5.", "1e3", "1.5E-3", ".1e+2"].map((number) => `number ${number}`),
    );
  });

  it("ends a number where it can go on no further", () => {
    expect(read("1e 12abc 1..2 1.e")).toEqual([
      ...["number 1", "word e", "number 12", "word abc"],
      ...["number 1", "symbol .", "number .2", "number 1.", "word e"],
    ]);
  });

  it("reads parameters", () => {
    expect(read("$1 $23x $user")).toEqual(["parameter 1", "parameter 23", "word x", "symbol $", "word user"]);
  });
});

describe("operators", () => {
  it.each([
    ["a<=-1", ["word a", "operator <=", "operator -", "number 1"]],
    ["a*-1", ["word a", "operator *", "operator -", "number 1"]],
    ["a@-1", ["word a", "operator @-", "number 1"]],
    ["a||/b", ["word a", "operator ||/", "word b"]],
    ["1+--x\n2", ["number 1", "operator +", "number 2"]],
    ["1*/*x*/2", ["number 1", "operator *", "number 2"]],
    ["a=#b", ["word a", "operator =", "operator #", "word b"]],
    ["a=#1", ["word a", "operator =#", "number 1"]],
    ["a::b[1]", ["word a", "symbol ::", "word b", "symbol [", "number 1", "symbol ]"]],
    ["a\\{", ["word a", "symbol \\", "symbol {"]],
  ])("reads %s", (text, expected) => {
    expect(read(text)).toEqual(expected);
  });
});

describe("comments", () => {
  it("nests them and ends a line's with the line", () => {
    expect(read("a /* b /* c */ d */ e -- f ' \n g --")).toEqual(["word a", "word e", "word g"]);
  });
});

describe("hostile texts", () => {
  it("reads long runs once, not again for each character", () => {
    // With work for each pair of characters these would take minutes.
    const size = 200_000;
    expect(tokens("+".repeat(size))).toHaveLength(size);
    expect(tokens("=".repeat(63 * 1000))).toHaveLength(1000);
    expect(tokens("'".repeat(2 * size))).toHaveLength(1);
    expect(tokens(`'${String.raw`\'`.repeat(size)}'`)).toHaveLength(1);
    expect(tokens("'a'\n".repeat(size))).toHaveLength(1);
  });
});

describe("operators from a list", () => {
  const LISTED: LexerRules = {
    ...STANDARD,
    operators: ["/*+", "*/", "<=", "<", ">", "||", "|", "-"],
    flatComments: true,
    slashComments: true,
  };

  it("takes the longest and nothing that is not in the list", () => {
    expect(read("a>>-b<=c||d|e@", LISTED)).toEqual([
      "word a",
      "operator >",
      "operator >",
      "operator -",
      "word b",
      "operator <=",
      "word c",
      "operator ||",
      "word d",
      "operator |",
      "word e",
      "symbol @",
    ]);
  });

  it("tells hints from comments, which do not nest", () => {
    expect(read("/*+ x */ /* /* */ y // z\nw", LISTED)).toEqual([
      "operator /*+",
      "word x",
      "operator */",
      "word y",
      "word w",
    ]);
  });

  it("refuses a comment without an end", () => {
    expect(() => tokens("/* x", LISTED)).toThrow(/unterminated/);
  });
});
