import { describe, expect, it } from "vitest";
import { errorOf } from "./test-tree.ts";
import { MAX_STATEMENT_BYTES, TokenStream } from "./token-stream.ts";

describe("the tokens of a statement", () => {
  it("are looked at, taken and expected", () => {
    const stream = new TokenStream("create Table if not exists t (a, b)");
    expect(stream.at("create", "table")).toBe(true);
    expect(stream.at("create", "view")).toBe(false);
    expect(stream.accept("create", "view")).toBe(false);
    expect(stream.accept("create", "table")).toBe(true);
    expect(stream.acceptAny("else", "if")).toBe("if");
    stream.expect("not", "exists");
    expect(stream.peek(1).lexeme).toBe("(");
    expect(stream.qualifiedName().parts).toMatchObject([{ name: "t" }]);
    expect(stream.columnList()).toMatchObject([{ name: "a" }, { name: "b" }]);
    expect(stream.atEnd()).toBe(true);
  });

  it("do not take a literal or a quoted name for a keyword", () => {
    expect(new TokenStream("'from'").at("from")).toBe(false);
    expect(new TokenStream('"from"').at("from")).toBe(false);
  });

  it("name the token at fault as it was written", () => {
    expect(errorOf(() => new TokenStream("  Foo").expect("bar"))).toMatchObject({
      sqlState: "42601",
      message: 'syntax error at or near "Foo"',
      position: 2,
    });
    expect(errorOf(() => new TokenStream("'a''b'").identifier()).message).toBe(
      `syntax error at or near "'a''b'"`,
    );
    expect(errorOf(() => new TokenStream("1.5").integer()).message).toBe('syntax error at or near "1.5"');
    expect(errorOf(() => new TokenStream("99999999999999999999").integer()).sqlState).toBe("42601");
    expect(errorOf(() => new TokenStream("a").string()).message).toBe('syntax error at or near "a"');
    expect(errorOf(() => new TokenStream("").identifier()).message).toBe("syntax error at end of input");
  });

  it("count from the statement, errors from the script", () => {
    const stream = new TokenStream("a; /* b */ c d");
    stream.next();
    stream.startNextStatement();
    expect(stream.origin).toBe(3);
    expect(stream.current).toMatchObject({ value: "c", start: 8, end: 9 });
    expect(stream.slice(0, 9)).toBe("/* b */ c");
    stream.next();
    expect(stream.syntaxError()).toMatchObject({ position: 13 });
    expect(stream.error("22023", "x", 8)).toMatchObject({ sqlState: "22023", message: "x", position: 11 });
  });

  it("know names of temporary tables only without a blank", () => {
    expect(new TokenStream("#Tmp").qualifiedName().parts).toMatchObject([{ name: "#tmp", quoted: false }]);
    expect(errorOf(() => new TokenStream("# tmp").qualifiedName()).message).toBe(
      'syntax error at or near "#"',
    );
  });

  it("fit into AWS's limit", () => {
    const fits = `'${"x".repeat(MAX_STATEMENT_BYTES - 2)}'`;
    expect(new TokenStream(fits).current.kind).toBe("string");
    expect(errorOf(() => new TokenStream(`${fits} `))).toMatchObject({
      sqlState: "54000",
      message: `Statement is too large. Statement Size: 16777217 bytes. Maximum Allowed: 16777216 bytes`,
    });
    expect(errorOf(() => new TokenStream("ä".repeat(MAX_STATEMENT_BYTES / 2 + 1))).sqlState).toBe("54000");
  });
});
