import { describe, expect, it } from "vitest";
import { ServiceError } from "../../../../core/errors.ts";
import { seededRandom } from "../test-random.ts";
import { parseSelect } from "./select-parser.ts";

function refusal(expression: string): ServiceError {
  try {
    parseSelect(expression);
  } catch (thrown) {
    if (thrown instanceof ServiceError) return thrown;
    throw thrown;
  }
  throw new Error(`was not refused: ${expression}`);
}

describe("the parser of S3 Select", () => {
  it("reads a statement in any case, with comments and line breaks", () => {
    const statement = parseSelect(
      `
      select s.name AS "Full Name", s."Age", count /* of what */ (*) -- all
      FROM s3OBJECT[*] as s where true limit 5;`
        .replace("count", "1 +")
        .replace("/* of what */ (*)", "2"),
    );
    expect(statement.projections?.map(({ name }) => name)).toEqual(["Full Name", "Age", "_3"]);
    expect(statement).toMatchObject({ alias: "s", limit: 5, from: [] });
  });

  it("reads the path behind FROM and gives its last name to the record", () => {
    expect(parseSelect("SELECT id FROM S3Object[*].Rules[*].id")).toMatchObject({
      alias: "id",
      from: [
        { kind: "name", name: "Rules", exact: false },
        { kind: "each element" },
        { kind: "name", name: "id", exact: false },
      ],
    });
    expect(parseSelect("SELECT * FROM S3Object[*]['a b'][2].*").from).toEqual([
      { kind: "name", name: "a b", exact: true },
      { kind: "index", index: 2 },
      { kind: "each member" },
    ]);
  });

  it.each([
    ["a OR b AND NOT c = 1", "(a or (b and (not (c = 1))))"],
    ["1 + 2 * 3 - -4", "((1 + (2 * 3)) - -(4))"],
    ["a BETWEEN 1 AND 2 AND b", "((a between 1 and 2) and b)"],
    ["NOT a IN (1, 2)", "(not (a in 1,2))"],
    ["a NOT LIKE 'x%' ESCAPE '!'", "(not (a like x% escape !))"],
    ["a IS NOT MISSING", "(not (a is missing))"],
    ["a || b || c", "((a || b) || c)"],
  ])("gives %s the precedence of SQL", (text, shape) => {
    const [projection] = parseSelect(`SELECT ${text} FROM S3Object`).projections ?? [];
    expect(shapeOf(projection?.expression)).toBe(shape);
  });

  it.each([
    ["", "ParseUnexpectedToken"],
    ["DELETE FROM S3Object", "ParseUnexpectedToken"],
    ["SELECT FROM S3Object", "ParseEmptySelect"],
    ["SELECT", "ParseEmptySelect"],
    ["SELECT a", "ParseSelectMissingFrom"],
    ["SELECT a, FROM S3Object", "ParseUnexpectedTerm"],
    ["SELECT *, a FROM S3Object", "ParseAsteriskIsNotAloneInSelectList"],
    ["SELECT a, * FROM S3Object", "ParseAsteriskIsNotAloneInSelectList"],
    ["SELECT t.* FROM S3Object s", "ParseInvalidPathComponent"],
    ["SELECT * FROM users", "BadTableName"],
    ["SELECT * FROM '/etc/passwd'", "BadTableName"],
    ["SELECT * FROM read_csv('/etc/passwd')", "BadTableName"],
    ["SELECT * FROM S3Object s, S3Object t", "MultipleDataSourcesUnsupported"],
    ["SELECT * FROM S3Object s JOIN S3Object t ON true", "ParseMalformedJoin"],
    ["SELECT * FROM (SELECT * FROM S3Object)", "UnsupportedSqlStructure"],
    ["SELECT * FROM S3Object WHERE a IN (SELECT 1)", "UnsupportedSqlStructure"],
    ["SELECT (SELECT 1) FROM S3Object", "UnsupportedSqlStructure"],
    ["SELECT DISTINCT a FROM S3Object", "ParseUnsupportedSelect"],
    ["SELECT a FROM S3Object GROUP BY a", "ParseUnsupportedLiteralsGroupBy"],
    ["SELECT a FROM S3Object ORDER BY a", "UnsupportedSyntax"],
    ["SELECT a FROM S3Object UNION SELECT 1", "UnsupportedSqlOperation"],
    ["SELECT a FROM S3Object; SELECT 1", "UnsupportedSqlStructure"],
    ["SELECT a FROM S3Object; SET memory_limit = '1TB'", "ParseUnexpectedToken"],
    ["SELECT a FROM S3Object LIMIT -1", "ParseExpectedNumber"],
    ["SELECT a FROM S3Object LIMIT 1.5", "ParseExpectedNumber"],
    ["SELECT a FROM S3Object AS 1", "ParseExpectedIdentForAlias"],
    ["SELECT 'open FROM S3Object", "LexerInvalidLiteral"],
    ["SELECT 1a FROM S3Object", "LexerInvalidLiteral"],
    ["SELECT `what is this` FROM S3Object", "LexerInvalidIONLiteral"],
    ["SELECT a ! b FROM S3Object", "LexerInvalidOperator"],
    ["SELECT a \u0000 FROM S3Object", "LexerInvalidChar"],
    ["SELECT \\a FROM S3Object", "LexerInvalidChar"],
    ["SELECT 99999999999999999999 FROM S3Object", "LexerInvalidLiteral"],
    ["SELECT getenv('HOME') FROM S3Object", "UnsupportedFunction"],
    ["SELECT constructor('x') FROM S3Object", "UnsupportedFunction"],
    ["SELECT LOWER a FROM S3Object WHERE LOWER(", "ParseExpectedExpression"],
    ["SELECT LOWER(a FROM S3Object", "ParseExpectedRightParenBuiltinFunctionCall"],
    ["SELECT LOWER() FROM S3Object", "EvaluatorInvalidArguments"],
    ["SELECT NULLIF(a) FROM S3Object", "EvaluatorInvalidArguments"],
    ["SELECT SUM(*) FROM S3Object", "ParseUnsupportedCallWithStar"],
    ["SELECT LOWER(*) FROM S3Object", "ParseUnsupportedCallWithStar"],
    ["SELECT SUM(MAX(a)) FROM S3Object", "UnsupportedSqlStructure"],
    ["SELECT a, COUNT(*) FROM S3Object", "UnsupportedSqlStructure"],
    ["SELECT a FROM S3Object WHERE COUNT(*) > 1", "UnsupportedSqlStructure"],
    ["SELECT CAST(a, INT) FROM S3Object", "ParseCastArity"],
    ["SELECT CAST a AS INT FROM S3Object", "ParseExpectedLeftParenAfterCast"],
    ["SELECT CAST(a AS BLOB) FROM S3Object", "ParseExpectedTypeName"],
    ["SELECT CAST(a AS hasOwnProperty) FROM S3Object", "ParseExpectedTypeName"],
    ["SELECT CASE END FROM S3Object", "ParseUnexpectedTerm"],
    ["SELECT CASE a END FROM S3Object", "ParseExpectedWhenClause"],
    ["SELECT EXTRACT(week FROM a) FROM S3Object", "ParseExpectedDatePart"],
    ["SELECT DATE_ADD(day 1, a) FROM S3Object", "ParseExpectedArgumentDelimiter"],
    ["SELECT a[*] FROM S3Object", "ParseInvalidPathComponent"],
    ["SELECT a.1 FROM S3Object", "ParseSelectMissingFrom"],
    ["SELECT a[x] FROM S3Object", "ParseInvalidPathComponent"],
    ["SELECT a IS 5 FROM S3Object", "ParseExpectedKeyword"],
    ["SELECT a IN 5 FROM S3Object", "ParseExpectedLeftParenValueConstructor"],
    ["SELECT a BETWEEN 1 OR 2 FROM S3Object", "ParseExpectedKeyword"],
  ])("refuses %s", (expression, code) => {
    expect([refusal(expression).code, expression]).toEqual([code, expression]);
  });

  it("says where", () => {
    expect(refusal("SELECT a\nFROM S3Object\n  WHERE >").message).toContain("'>' at line 3, column 9.");
  });

  it("bounds what an expression may build", () => {
    const select = (expression: string): string => `SELECT ${expression} FROM S3Object`;
    expect(refusal(select(`${"(".repeat(5_000)}1${")".repeat(5_000)}`)).code).toBe("UnsupportedSqlStructure");
    expect(refusal(select(`${"- ".repeat(5_000)}1`)).code).toBe("UnsupportedSqlStructure");
    expect(refusal(select(`${"NOT ".repeat(5_000)}a`)).code).toBe("UnsupportedSqlStructure");
    expect(refusal(select(`1${"+1".repeat(100_000)}`)).code).toBe("UnsupportedSqlStructure");
    expect(refusal(select(`'${"x".repeat(262_144)}'`)).code).toBe("ExpressionTooLong");
    expect(parseSelect(select(`a IN (${"1,".repeat(20_000)}1)`)).projections).toHaveLength(1);
  });

  it("answers anything with a statement or a refusal", () => {
    const random = seededRandom(20_260_101);
    const words =
      "SELECT * FROM S3Object s WHERE a = 'x' \"q\" ` ( ) [ ] , . 1 1.5 NOT AND OR IN LIKE BETWEEN IS NULL CASE WHEN THEN END CAST AS INT COUNT LOWER TRIM BOTH -- /* ' \u{1F600} \\ ; || % LIMIT".split(
        " ",
      );
    let accepted = 0;
    for (let round = 0; round < 3_000; round++) {
      const length = 1 + Math.floor(random() * 12);
      const middle = Array.from({ length }, () => words[Math.floor(random() * words.length)]).join(" ");
      const expression = round % 2 === 0 ? middle : `SELECT ${middle} FROM S3Object s`;
      try {
        parseSelect(expression);
        accepted++;
      } catch (thrown) {
        expect(thrown, expression).toBeInstanceOf(ServiceError);
      }
    }
    expect(accepted).toBeGreaterThan(5);
  });
});

/** An expression with all its parentheses. */
function shapeOf(node: unknown): string {
  const item = node as Record<string, unknown>;
  const of = (name: string): string => shapeOf(item[name]);
  switch (item["kind"]) {
    case "literal":
      return String(item["value"]);
    case "path":
      return (item["steps"] as { name: string }[]).map(({ name }) => name).join(".");
    case "negate":
      return `-(${of("operand")})`;
    case "not":
      return `(not ${of("operand")})`;
    case "between":
      return `(${of("operand")} between ${of("low")} and ${of("high")})`;
    case "in":
      return `(${of("operand")} in ${(item["items"] as unknown[]).map(shapeOf).join(",")})`;
    case "like":
      return `(${of("operand")} like ${of("pattern")} escape ${of("escape")})`;
    case "is":
      return `(${of("operand")} is ${String(item["what"])})`;
    default: {
      const operator = item["operator"] ?? (item["kind"] === "concat" ? "||" : item["kind"]);
      return `(${of("left")} ${String(operator)} ${of("right")})`;
    }
  }
}
