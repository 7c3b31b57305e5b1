import { describe, expect, it } from "vitest";
import { ServiceError } from "../../core/errors.ts";
import { parseXml } from "./xml-tree.ts";

function refused(text: string | Buffer): boolean {
  try {
    parseXml(Buffer.from(text));
    return false;
  } catch (thrown) {
    if (thrown instanceof ServiceError && thrown.code === "MalformedXML") return true;
    throw thrown;
  }
}

describe("parseXml", () => {
  it("reads elements, attributes, text, CDATA, comments and instructions", () => {
    const text = `<?xml version="1.0"?><!-- a --><ns:A xmlns:ns='u' b = "1 &lt; 2"><B/>x<!-- y --><![CDATA[<&>]]><B>&#65;&#x1F680;&amp;</B></ns:A>\n`;
    const root = parseXml(Buffer.from(text));
    expect(root.name).toBe("A");
    expect([...root.attributes]).toEqual([
      ["xmlns:ns", "u"],
      ["b", "1 < 2"],
    ]);
    expect(root.text).toBe("x<&>");
    expect(root.children.map((child) => [child.name, child.text])).toEqual([
      ["B", ""],
      ["B", "A🚀&"],
    ]);
  });

  it.each([
    '<!DOCTYPE a [<!ENTITY x "x"><!ENTITY y "&x;&x;">]><a>&y;</a>',
    '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
    "<a>&lol;</a>",
    "<a>&amp</a>",
    "<a>& b</a>",
    "<a>&#0;</a>",
    "<a>&#x110000;</a>",
    "<a>&constructor;</a>",
  ])("knows no entities beyond the five: %s", (text) => {
    expect(refused(text)).toBe(true);
  });

  it.each([
    "",
    " ",
    "x",
    "<",
    "<a",
    "<a>",
    "</a>",
    "<a></b>",
    "<a/><b/>",
    "<a/>x",
    "<a b></a>",
    '<a b="1" b="2"/>',
    "<a b=1/>",
    '<a b="<"/>',
    "<1/>",
    "<a><![CDATA[x</a>",
    "<a><!-- x</a>",
    "<?xml",
    "<a/ >",
  ])("refuses %j", (text) => {
    expect(refused(text)).toBe(true);
  });

  it("refuses deep nesting and invalid UTF-8", () => {
    expect(refused("<a>".repeat(100_000))).toBe(true);
    expect(refused(Buffer.from([0x3c, 0x61, 0x3e, 0xc3, 0x28, 0x3c, 0x2f, 0x61, 0x3e]))).toBe(true);
  });
});
