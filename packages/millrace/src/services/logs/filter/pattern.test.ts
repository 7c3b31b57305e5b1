import { describe, expect, it } from "vitest";
import { ServiceError } from "../../../core/errors.ts";
import { parseFilterPattern } from "./pattern.ts";

const json = JSON.stringify({
  eventType: "UpdateTrail",
  status: 404,
  user: { name: "ann", id: null },
  tags: ["a", "b"],
  items: [{ price: 1 }, { price: 20 }],
  ok: true,
  "odd name": 1,
});
const access = '127.0.0.1 - frank [10/Oct/2000:13:25:15 -0700] "GET /index.html HTTP/1.0" 404 1534';

describe("filter patterns", () => {
  it.each([
    ["", "anything", true],
    ["ERROR", "[ERROR] A fatal exception", true],
    ["ERROR", "Exiting with ERRORCODE: -1", true],
    ["ERROR", "error", false],
    ["ERROR Exception", "[ERROR] Caught IllegalArgumentException", true],
    ["ERROR Exception", "[ERROR] nothing caught", false],
    ["ERROR -Exiting", "Exiting with ERRORCODE: -1", false],
    ['"is not allowed"', "this is not allowed", true],
    ['"is not allowed"', "this not is allowed", false],
    ['-"not this" ERROR', "ERROR not that", true],
    ["?ERROR ?WARN", "[WARN] x", true],
    ["?ERROR ?WARN", "[INFO] x", false],
    ['"say \\"hi\\""', 'they say "hi"', true],
    ["2026-01-01", "at 2026-01-01 12:00", true],
  ])("terms: %s in %s", (pattern, message, wanted) => {
    expect(parseFilterPattern(pattern).matches(message)).toBe(wanted);
  });

  it.each([
    ['{ $.eventType = "UpdateTrail" }', true],
    ["{ $.eventType = UpdateTrail }", true],
    ['{ $.eventType = "Update*" }', true],
    ['{ $.eventType = "*ate*ail" }', true],
    ['{ $.eventType != "UpdateTrail" }', false],
    ["{ $.status = 404 }", true],
    ["{ $.status = 4* }", true],
    ["{ $.status >= 500 }", false],
    ["{ $.status > 400 && $.status < 500 }", true],
    ['{ ($.status = 1 || $.status = 404) && $.user.name = "ann" }', true],
    ['{ $.status = 1 || $.status = 404 && $.user.name = "bob" }', false],
    ["{ $.user.id IS NULL }", true],
    ["{ $.user.name IS NULL }", false],
    ["{ $.ok IS TRUE }", true],
    ["{ $.ok IS FALSE }", false],
    ["{ $.nothing NOT EXISTS }", true],
    ["{ $.user NOT EXISTS }", false],
    ["{ $.user.name EXISTS }", true],
    ['{ $.tags[1] = "b" }', true],
    ['{ $.tags[*] = "b" }', true],
    ["{ $.items[*].price > 10 }", true],
    ["{ $.items[0].price > 10 }", false],
    ['{ $["odd name"] = 1 }', true],
    ["{ $['odd name'] = 1 }", true],
    ["{ $.user.*  = ann }", true],
    ["{ $.toString EXISTS }", false],
  ])("JSON: %s", (pattern, wanted) => {
    expect(parseFilterPattern(pattern).matches(json)).toBe(wanted);
  });

  it("matches no message that is not an object of JSON", () => {
    const pattern = parseFilterPattern("{ $.a NOT EXISTS }");
    for (const message of ["", "{", "{ $.a }", "[1]", "text", "null"])
      expect(pattern.matches(message)).toBe(false);
  });

  it.each([
    ["[ip, id, user, time, request, status, bytes]", true],
    ["[ip, id, user, time, request, status]", false],
    ["[ip, id, user, time, request =*.html*, status = 4*, bytes > 1000]", true],
    ["[ip, id, user, time, request, status = 4*, bytes > 2000]", false],
    ["[..., status = 404 || status = 410, bytes]", true],
    ["[ip = 127.*, ...]", true],
    ["[ip != 127.0.0.1, ...]", false],
    ["[ip, ..., bytes >= 1534]", true],
    ['[ip, id, user = "frank", ...]', true],
    ["[,,,,,,]", true],
  ])("fields: %s", (pattern, wanted) => {
    expect(parseFilterPattern(pattern).matches(access)).toBe(wanted);
  });

  it("finds values by their selectors", () => {
    const fields = parseFilterPattern("[ip, ..., status, bytes]");
    expect(fields.extract(access, "$bytes")).toBe("1534");
    expect(fields.extract(access, "$nothing")).toBeUndefined();
    expect(fields.values(access)).toEqual({ $ip: "127.0.0.1", $status: "404", $bytes: "1534" });
    const object = parseFilterPattern("{ $.status = 404 }");
    expect(object.extract(json, "$.items[1].price")).toBe("20");
    expect(object.values(json)).toEqual({ "$.status": "404" });
    expect(parseFilterPattern("ERROR").extract("ERROR", "$x")).toBeUndefined();
  });

  it.each([
    '"open',
    "{ $.a",
    "{ $.a = }",
    "{ = 1 }",
    "{ $.a > x }",
    "{ a = 1 }",
    "{ $.a[b] = 1 }",
    "[a, ..., ...]",
    "[a =]",
    "{}",
  ])("refuses %s", (pattern) => {
    expect(() => parseFilterPattern(pattern)).toThrowError(ServiceError);
    expect(() => parseFilterPattern(pattern)).toThrowError(/^Invalid /);
  });

  it.each(["%ERR|WARN%", "{ $.a = %x% }"])("says that it has no regular expressions: %s", (pattern) => {
    expect(() => parseFilterPattern(pattern)).toThrowError("is not implemented by Millrace");
  });

  it("is not brought down by hostile patterns and messages", () => {
    expect(() => parseFilterPattern(`{ ${"(".repeat(400)}$.a = 1${")".repeat(400)} }`)).toThrowError(
      /^Invalid /,
    );
    const many = parseFilterPattern(`{ $.a = "${"*a".repeat(200)}" }`);
    expect(many.matches(JSON.stringify({ a: "a".repeat(100_000) }))).toBe(true);
    expect(many.matches(JSON.stringify({ a: `${"a".repeat(100_000)}b` }))).toBe(false);
    expect(parseFilterPattern("[a]").matches(`"${" ".repeat(100_000)}`)).toBe(true);
    expect(parseFilterPattern("[a]").matches("[ ".repeat(500_000))).toBe(false);
  });
});
