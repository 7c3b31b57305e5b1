import { expect, it } from "vitest";
import { EvaluationError } from "../scalar-function.ts";
import { call, describeCases, resolved, typed } from "../test-function-cases.ts";

const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, "hex"));
const url = "http://user:pw@facebook.com:80/path1/p.php?k1=v1&k2=v2#Ref1";

// nightlies.apache.org/flink/flink-docs-stable/docs/sql/functions/built-in-functions/
describeCases("encodings", [
  ["encode", ["aä", "UTF-8"], bytes("61c3a4"), "BYTES"],
  ["encode", ["aä", "utf-16be"], bytes("006100e4")],
  ["encode", ["aä", "UTF-16LE"], bytes("6100e400")],
  ["encode", ["a", "UTF-16"], bytes("feff0061")],
  ["encode", ["aä😀", "US-ASCII"], bytes("613f3f")],
  ["encode", ["aä€", "ISO-8859-1"], bytes("61e43f")],
  ["decode", [bytes("61c3a4"), "UTF-8"], "aä", "STRING"],
  ["decode", [bytes("006100e4"), "UTF-16BE"], "aä"],
  ["decode", [bytes("feff0061"), "UTF-16"], "a"],
  ["decode", [bytes("fffe6100"), "UTF-16"], "a"],
  ["decode", [bytes("0061"), "UTF-16"], "a"],
  ["decode", [bytes("6100"), "UTF-16LE"], "a"],
  ["decode", [bytes("61e4"), "US-ASCII"], "a\ufffd"],
  ["decode", [bytes("61e4"), "ISO-8859-1"], "aä"],
  ["to_base64", ["hello world"], "aGVsbG8gd29ybGQ=", "STRING"],
  ["to_base64", [bytes("ff")], "/w=="],
  ["from_base64", ["aGVsbG8gd29ybGQ="], "hello world", "STRING"],
  ["hex", [20], "14", "STRING"],
  ["hex", [-1], "FFFFFFFFFFFFFFFF"],
  ["hex", ["hello,world"], "68656C6C6F2C776F726C64"],
  ["hex", [bytes("0aff")], "0AFF"],
  ["unhex", ["466C696E6B"], bytes("466c696e6b"), "BYTES"],
  ["unhex", ["f46"], bytes("0046")],
  ["unhex", ["x1"], null],
  ["bin", [12], "1100", "STRING"],
  ["bin", [-1], "1".repeat(64)],
  ["bin", [0], "0"],
  ["ascii", ["abc"], 97, "INT"],
  ["ascii", [""], 0],
  ["chr", [97], "a", "STRING"],
  ["chr", [353], "a"],
  ["chr", [-1], ""],
  ["chr", [256], "\0"],
  [
    "url_encode",
    ["https://flink.apache.org/a b~'(ä)"],
    "https%3A%2F%2Fflink.apache.org%2Fa+b%7E%27%28%C3%A4%29",
    "STRING",
  ],
  ["url_encode", [".-*_09"], ".-*_09"],
  ["url_decode", ["a+b%20%C3%A4%2B"], "a b ä+"],
  ["url_decode", ["100%"], null],
  ["url_decode", ["%zz"], null],
  ["parse_url", [url, "HOST"], "facebook.com", "STRING"],
  ["parse_url", [url, "PATH"], "/path1/p.php"],
  ["parse_url", [url, "QUERY"], "k1=v1&k2=v2"],
  ["parse_url", [url, "REF"], "Ref1"],
  ["parse_url", [url, "PROTOCOL"], "http"],
  ["parse_url", [url, "FILE"], "/path1/p.php?k1=v1&k2=v2"],
  ["parse_url", [url, "AUTHORITY"], "user:pw@facebook.com:80"],
  ["parse_url", [url, "USERINFO"], "user:pw"],
  ["parse_url", [url, "QUERY", "k1"], "v1"],
  ["parse_url", [url, "QUERY", "k"], null],
  ["parse_url", [url, "HOST", "k1"], null],
  ["parse_url", [url, "NOTHING"], null],
  ["parse_url", ["http://a", "QUERY"], null],
  ["parse_url", ["http://a", "PATH"], ""],
  ["parse_url", ["no url", "HOST"], null],
  ["parse_url", ["nothing://a", "HOST"], null],
]);

describeCases("hashes", [
  ["md5", ["test"], "098f6bcd4621d373cade4e832627b4f6", "STRING"],
  ["sha1", ["test"], "a94a8fe5ccb19ba61c4c0873d391e987982fbbd3"],
  ["sha224", ["test"], "90a3ed9e32b2aaf4c61c410eb925426119e1a9dc53d4286ade99a809"],
  ["sha256", ["test"], "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
  ["sha2", ["test", 256], "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
  ["sha2", ["test", 224], "90a3ed9e32b2aaf4c61c410eb925426119e1a9dc53d4286ade99a809"],
  ["md5", ["ä"], "8419b71c87a225a2c70b50486fbee545"],
]);

it("hashes with all lengths", () => {
  expect(String(call("sha384", ["x"]))).toHaveLength(96);
  expect(String(call("sha512", ["x"]))).toHaveLength(128);
  expect(call("sha2", ["x", 512])).toBe(call("sha512", ["x"]));
  expect(() => resolved("sha2", ["x", 100])).toThrow(/224, 256, 384, 512 bits, not 100/);
  expect(() => call("sha2", ["x", 100], { literals: false })).toThrow(EvaluationError);
});

it("refuses what cannot be decoded", () => {
  expect(() => call("from_base64", ["?"])).toThrow(/is not base64/);
  expect(() => call("encode", ["x", "EBCDIC"])).toThrow(/no character set 'EBCDIC'/);
  expect(resolved("decode", ["x", "UTF-8"])).toBeUndefined();
  expect(resolved("hex", [1.5])).toBeUndefined();
});

describeCases("PRINTF and TYPEOF", [
  ["printf", ["%s is %d years, %.2f%%", "Ada", 36, 99.555], "Ada is 36 years, 99.56%", "STRING"],
  [
    "printf",
    ["%5d|%-5d|%05d|%+d|%,d|%(d", 42, 42, 42, 42, 1_234_567, -5],
    "   42|42   |00042|+42|1,234,567|(5)",
  ],
  ["printf", ["%x %X %o %c %b %n%%", 255, 255, 8, 97, true], "ff FF 10 a true \n%"],
  ["printf", ["%x", -1], "ffffffff"],
  ["printf", ["%2$s %1$s", "a", "b"], "b a"],
  ["printf", ["%e", 12_345.678], "1.234568e+04"],
  ["printf", ["%s %.1f", typed("DECIMAL(5, 2)", 1250n), typed("DECIMAL(5, 2)", 1250n)], "12.50 12.5"],
  ["printf", ["%s %d", null, typed("INT", null)], "null null"],
  ["printf", ["%10.3s|%S", "abcdef", "abc"], "       abc|ABC"],
  ["printf", ["%d", "x"], null],
  ["printf", ["%s"], null],
  ["printf", ["%y", 1], null],
  ["printf", ["%", 1], null],
  ["printf", ["%99999s", 1], null],
  ["typeof", [1], "INT", "STRING NOT NULL"],
  ["typeof", [typed("ARRAY<ROW<a INT NOT NULL>>", null)], "ARRAY<ROW<`a` INT NOT NULL>>"],
  ["typeof", [typed("CHAR(3) NOT NULL", "abc"), true], "CHAR(3) NOT NULL"],
]);
