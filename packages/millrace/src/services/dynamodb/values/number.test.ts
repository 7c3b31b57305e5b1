import { describe, expect, it } from "vitest";
import { seeded } from "../test-dynamodb.ts";
import { addNumbers, canonicalNumber, compareNumbers, encodeNumber, negateNumber } from "./number.ts";

function refusal(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return String(error);
  }
  throw new Error("was accepted");
}

describe("numbers", () => {
  it.each([
    ["0", "0"],
    ["-0", "0"],
    ["0.000", "0"],
    ["007", "7"],
    ["+7", "7"],
    ["1.50", "1.5"],
    [".5", "0.5"],
    ["5.", "5"],
    ["-1e2", "-100"],
    ["1E-3", "0.001"],
    ["123456789012345678901234567890.12345678", "123456789012345678901234567890.12345678"],
    ["1e125", `1${"0".repeat(125)}`],
    ["1e-130", `0.${"0".repeat(129)}1`],
    ["9.9999999999999999999999999999999999999e125", `${"9".repeat(38)}${"0".repeat(88)}`],
  ])("%s is %s", (text, canonical) => {
    expect(canonicalNumber(text)).toBe(canonical);
    expect(canonicalNumber(canonical)).toBe(canonical);
  });

  it.each(["", " 1", "1 ", "abc", "1e", "--1", ".", "NaN", "Infinity", "0x10", "1_0", "e5", "1e99999999999"])(
    "%j is not a number",
    (text) => {
      expect(refusal(() => canonicalNumber(text))).toContain(
        "The parameter cannot be converted to a numeric value",
      );
    },
  );

  it("keeps to 38 digits and to the range", () => {
    expect(refusal(() => canonicalNumber("1".repeat(39)))).toContain("more than 38 significant digits");
    expect(canonicalNumber(`${"1".repeat(38)}000`)).toBe(`${"1".repeat(38)}000`);
    expect(refusal(() => canonicalNumber("1e126"))).toContain("Number overflow");
    expect(refusal(() => canonicalNumber("-1e126"))).toContain("Number overflow");
    expect(refusal(() => canonicalNumber("1e-131"))).toContain("Number underflow");
    expect(canonicalNumber("0e999")).toBe("0");
  });

  it("adds exactly", () => {
    expect(addNumbers("0.1", "0.2")).toBe("0.3");
    expect(addNumbers("999999999999999", "1")).toBe("1000000000000000");
    expect(addNumbers("99999999999999999999999999999999999999", "-1")).toBe(
      "99999999999999999999999999999999999998",
    );
    expect(addNumbers("-1.5", "1.5")).toBe("0");
    expect(addNumbers(canonicalNumber("1e100"), canonicalNumber("-1e100"))).toBe("0");
    expect(refusal(() => addNumbers(canonicalNumber("1e125"), "1"))).toContain("38 significant digits");
    expect(refusal(() => addNumbers(canonicalNumber("9e125"), canonicalNumber("9e125")))).toContain(
      "overflow",
    );
    expect([negateNumber("5"), negateNumber("-5"), negateNumber("0")]).toEqual(["-5", "5", "0"]);
  });

  it("encodes in the order of the numbers", () => {
    const random = seeded(7);
    const numbers = Array.from({ length: 2_000 }, () => {
      const digits = Array.from({ length: 1 + Math.floor(random() * 20) }, () =>
        Math.floor(random() * 10),
      ).join("");
      const sign = random() < 0.5 ? "-" : "";
      return canonicalNumber(`${sign}${digits}e${Math.floor(random() * 40) - 30}`);
    });
    const exact = (text: string): bigint => {
      const [whole = "", fraction = ""] = text.replace("-", "").split(".");
      const value = BigInt(whole + fraction.padEnd(100, "0"));
      return text.startsWith("-") ? -value : value;
    };
    for (let i = 1; i < numbers.length; i++) {
      const [a = "", b = ""] = [numbers[i - 1], numbers[i]];
      const expected = exact(a) < exact(b) ? -1 : exact(a) > exact(b) ? 1 : 0;
      expect([a, b, Buffer.compare(encodeNumber(a), encodeNumber(b))]).toEqual([a, b, expected]);
      expect([a, b, Math.sign(compareNumbers(a, b))]).toEqual([a, b, expected]);
    }
  });
});
