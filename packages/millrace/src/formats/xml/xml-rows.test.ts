import { describe, expect, it } from "vitest";
import { printHiveType } from "../schema/hive-type.ts";
import { readXmlRows } from "./xml-rows.ts";

async function rows(text: string, rowTag?: string): Promise<string> {
  const found = await readXmlRows(text, rowTag);
  if (typeof found === "string") return found;
  const columns = found.columns.map(({ name, type }) => `${name} ${printHiveType(type)}`).join(", ");
  return `${found.rows} <${found.rowTag}>: ${columns}`;
}

describe("rows of XML", () => {
  it.each([
    ["<a><b><x>1</x></b><b><x>2.5</x><y>t</y></b></a>", "2 <b>: x double, y string"],
    ["<a><b i='1'/><b i='x'/></a>", "2 <b>: _i string"],
    ["<a><x>1</x><y>true</y></a>", "1 <a>: x bigint, y boolean"],
    ["<a><m/><b>1</b><b>2</b></a>", "2 <b>: b bigint"],
    ["<a><b><t>x</t><t>y</t></b><b><t>z</t></b></a>", "2 <b>: t array<string>"],
    ["<a><b><c k='1'>5</c></b><b><c k='2'>x</c></b></a>", "2 <b>: c struct<_k:bigint,_VALUE:string>"],
    ["<a><b>t<c>1</c></b><b/></a>", "2 <b>: c bigint, _VALUE string"],
    ["<r xmlns='u' xmlns:n='v'><n:b><n:x>1</n:x></n:b><n:b/></r>", "2 <n:b>: n_x bigint"],
    ["<a><b><![CDATA[1]]></b><b>2</b></a>", "2 <b>: b bigint"],
  ])("%s", async (text, expected) => {
    expect(await rows(text)).toBe(expected);
  });

  it("takes the elements of a row tag, wherever they are, and not those inside of rows", async () => {
    expect(await rows("<a><p><r><x>1</x></r></p><r><x>y</x><r><z/></r></r></a>", "r")).toBe(
      "2 <r>: x string, r struct<z:void>",
    );
    expect(await rows("<a/>", "r")).toBe("there is no element <r>");
    expect(await rows("<a><r x='1'/></a>", "r")).toContain("does not read");
    expect(await rows("<a><r x='1'></r></a>", "r")).toBe("1 <r>: _x bigint");
  });

  it("reads the beginning of a document", async () => {
    expect(await readXmlRows("<a><b><x>1</x></b><b><x>2</x></b><b><x", undefined)).toMatchObject({
      rows: 3,
      closed: false,
    });
  });

  it("says what is wrong", async () => {
    expect(await rows("<a><b></a>")).toContain("not well-formed");
    expect(await rows("<a>&nope;</a>")).toContain("not well-formed");
    expect(await rows('<!DOCTYPE a [<!ENTITY x "yyyy"><!ENTITY z "&x;&x;">]><a>&z;</a>')).toContain(
      "not well-formed",
    );
    expect(await rows("<a>".repeat(200))).toContain("deeper");
    expect(await rows("")).toContain("no element");
    const names = Array.from({ length: 30_000 }, (_, index) => `<n${index}/>`).join("");
    expect(await rows(`<a>${names}</a>`)).toContain("more than");
  });
});
