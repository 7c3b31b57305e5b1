import { describe, expect, it } from "vitest";
import { printHiveType } from "../schema/hive-type.ts";
import { compileGrok, type GrokPattern } from "./grok-pattern.ts";
import { grokPatterns } from "./grok-patterns.ts";
import { toJavaScript } from "./grok-syntax.ts";
import { guardedMatcher } from "./line-matcher.ts";

function compiled(pattern: string, custom?: string): GrokPattern {
  const found = compileGrok(pattern, custom);
  if (typeof found === "string") throw new Error(found);
  return found;
}
const schema = ({ columns }: GrokPattern) =>
  columns.map(({ name, type }) => `${name} ${printHiveType(type)}`).join(", ");

describe("built-in patterns", () => {
  it.each(Object.keys(grokPatterns))("%s compiles", (name) => {
    expect(compileGrok(`%{${name}:field}`, undefined)).toHaveProperty("expression");
  });

  it.each([
    ["NUMBER", ["1", "-2.5", ".5"], ["x", "1.2.3", ""]],
    ["INT", ["+1", "007"], ["1.5"]],
    ["BASE16NUM", ["0xff", "AB"], ["xyz"]],
    ["UUID", ["123e4567-e89b-12d3-a456-426614174000"], ["123e4567"]],
    ["IPV4", ["1.2.3.4", "255.255.255.255"], ["1.2.3", "256.1.1.1"]],
    ["IPV6", ["::1", "2001:db8::ff00:42:8329", "fe80::1%eth0", "::ffff:1.2.3.4"], ["1.2.3.4", "g::1", "12"]],
    ["MAC", ["00:1b:63:84:45:e6", "001b.6384.45e6", "00-1b-63-84-45-e6"], ["00:1b"]],
    ["HOSTNAME", ["example.com", "a-b.c"], ["-x", "a b"]],
    ["PATH", ["/var/log/x.log", "C:\\a\\b"], ["x"]],
    ["URI", ["http://u@h:80/p?q=1", "s3://bucket/key"], ["no uri"]],
    ["TIMESTAMP_ISO8601", ["2019-01-01T10:00:00Z", "2019-01-01 10:00:00,123+01:00"], ["2019-13-01T10:00:00"]],
    ["HTTPDATE", ["10/Oct/2000:13:55:36 -0700"], ["10/Foo/2000:13:55:36 -0700"]],
    ["SYSLOGTIMESTAMP", ["Feb  1 06:25:43"], ["Fxb 1 06:25:43"]],
    ["DATESTAMP_RFC2822", ["Mon, 15 Aug 2005 15:52:01 +0000"], ["Mon 15 Aug"]],
    ["LOGLEVEL", ["INFO", "warning", "ERR"], ["loud"]],
    ["QUOTEDSTRING", ['"a \\" b"', "'x'", "``"], ['"open', "x"]],
    ["BOOLEAN", ["TRUE", "false"], ["yes"]],
    ["EMAILADDRESS", ["a.b+c@example.com"], ["a@", "@b"]],
  ])("%s matches what it is named after", (name, right, wrong) => {
    const { expression } = compiled(`%{${name}:field}`);
    for (const text of right) expect([text, expression.test(text)]).toEqual([text, true]);
    for (const text of wrong) expect([text, expression.test(text)]).toEqual([text, false]);
  });
});

describe("patterns", () => {
  it("makes columns of fields, in order, with their types", () => {
    const pattern = compiled(
      "%{IP:client} %{WORD:Verb} %{NUMBER:bytes:long};%{NUMBER:took;float} (?<rest>.*)",
    );
    expect(schema(pattern)).toBe("client string, verb string, bytes bigint, took float, rest string");
    expect(pattern.expression.test("1.2.3.4 GET 12;0.5 all the rest  ")).toBe(true);
    expect(schema(compiled("%{COMMONAPACHELOG_DATATYPED}"))).toContain("response int, bytes bigint");
    expect(schema(compiled("%{USER:UNWANTED} %{WORD:a}|%{WORD:a}"))).toBe("a string");
  });

  it("reads Glue's example of custom patterns", () => {
    const pattern = compiled(
      "%{TIMESTAMP_ISO8601:timestamp} \\[%{MESSAGEPREFIX:message_prefix}\\] %{CRAWLERLOGLEVEL:loglevel} : %{GREEDYDATA:message}",
      "# levels\nCRAWLERLOGLEVEL (BENCHMARK|ERROR|WARN|INFO|TRACE)\r\n\nMESSAGEPREFIX .*-.*-.*-.*-.*",
    );
    expect(schema(pattern)).toBe("timestamp string, message_prefix string, loglevel string, message string");
    expect(pattern.expression.test("2017-03-30T19:13:51Z [9d1e-a-b-c-d] INFO : Crawling")).toBe(true);
  });

  it.each([
    ["%{NOPE:x}", undefined, "no pattern NOPE"],
    ["%{constructor:x}", undefined, "no pattern"],
    ["plain text", undefined, "no fields"],
    ["(%{WORD:x}", undefined, "no regular expression"],
    ["%{WORD:x:date}", undefined, "does not know"],
    ["%{A:x}", "A %{B}\nB %{A}", "circle"],
    ["%{A:x}", "A", "not a name and a pattern"],
    [
      "%{A9:x}",
      Array.from({ length: 10 }, (_, i) => `A${i} ${i === 0 ? "abcdefgh" : `%{A${i - 1}}`.repeat(8)}`).join(
        "\n",
      ),
      "longer",
    ],
  ])("refuses %s", (pattern, custom, problem) => {
    expect(compileGrok(pattern, custom)).toContain(problem);
  });

  it.each([
    ["(?>a+)b", "(?:a+)b"],
    ["a++b*+c?+", "a+b*c?"],
    ["(?i)ab[c-e]", "[aA][bB][c-eC-E]"],
    ["[[:alpha:]_]+\\h\\z", "[a-zA-Z_]+[0-9A-Fa-f]$"],
    ["\\[a[^]b]", "\\[a[^]b]"],
    ["(?<!x)(?=y)", "(?<!x)(?=y)"],
  ])("rewrites %s to %s", (ruby, javaScript) => {
    expect(toJavaScript(ruby)).toBe(javaScript);
  });
});

describe("the guard", () => {
  it("counts the lines that match", () => {
    const match = guardedMatcher(compiled("%{INT:n},%{WORD:w}").expression);
    expect(match(["1,a", "x", "2,b  ", "3"])).toBe(2);
    expect(match([])).toBe(0);
    expect(match(["1,a".padEnd(20_000)])).toBe(0);
  });

  it.each(["(a+)+b", "(a|a)*b", "(.*)*(.*)*x", "(a|ab|aab)*c"])("ends %s", (evil) => {
    const match = guardedMatcher(compiled("%{EVIL:x}", `EVIL ${evil}`).expression);
    const line = "a".repeat(5_000);
    const first = match([line]);
    // Whether it ends by itself or by the guard: it ends, and stays given up.
    expect([undefined, 0]).toContain(first);
    expect(match([line])).toBe(first);
  });
});
