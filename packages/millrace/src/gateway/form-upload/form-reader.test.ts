import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { ServiceError } from "../../core/errors.ts";
import { openForm } from "./form-reader.ts";

const type = "multipart/form-data; boundary=edge";
const field = (name: string, value: string): string =>
  `--edge\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
const file = (content: string, name: string = "a.txt"): string =>
  `--edge\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: text/plain\r\n\r\n${content}\r\n`;
const end = "--edge--\r\n";

/** The body in parts of a few bytes, as a slow client sends it. */
function slowly(text: string, bytes: number = 7): Readable {
  const body = Buffer.from(text);
  const parts: Buffer[] = [];
  for (let at = 0; at < body.length; at += bytes) parts.push(body.subarray(at, at + bytes));
  return Readable.from(parts, { objectMode: false });
}

async function read(body: Readable, contentType: string = type) {
  const form = await openForm(body, contentType);
  const parts: Buffer[] = [];
  for await (const part of form.file) parts.push(part);
  return {
    fields: Object.fromEntries(form.fields),
    name: form.fileName,
    content: Buffer.concat(parts).toString(),
  };
}

async function codeOf(answer: Promise<unknown>): Promise<string> {
  const thrown = await answer.then(
    () => undefined,
    (error: unknown) => error,
  );
  return thrown instanceof ServiceError ? thrown.code : String(thrown);
}

describe("a form", () => {
  it.each([1, 7, 1000])("is read in parts of %i bytes", async (bytes) => {
    const content = "line\r\n--edg\r\n --edge not quite".repeat(20);
    expect(await read(slowly(field("Key", "ü/a b") + field("acl", "") + file(content) + end, bytes))).toEqual(
      {
        fields: { key: "ü/a b", acl: "" },
        name: "a.txt",
        content,
      },
    );
  });

  it("ends with its file, which may be plain text and empty", async () => {
    const late = field("acl", "public-read") + field("file", "second");
    expect((await read(slowly(file("x") + late + end))).fields).toEqual({});
    expect(await read(slowly(field("key", "k") + field("file", "text") + end))).toMatchObject({
      content: "text",
    });
    expect(await read(slowly(file("") + end))).toMatchObject({ content: "" });
  });

  it.each([
    ["a.txt", "a.txt"],
    ["C:\\\\fakepath\\\\b.txt", "b.txt"],
    ["../../etc/passwd", "passwd"],
    ["ü.txt", "ü.txt"],
  ])("names its file %s", async (sent, name) => {
    expect((await read(slowly(file("x", sent) + end))).name).toBe(name);
  });

  it.each([
    ["MalformedPOSTRequest", "multipart/form-data", end],
    ["MalformedPOSTRequest", type, ""],
    ["MalformedPOSTRequest", type, "no form at all"],
    ["MalformedPOSTRequest", type, field("key", "k")],
    ["MalformedPOSTRequest", type, file("broken off")],
    ["InvalidArgument", type, field("key", "k") + end],
    ["InvalidArgument", type, end],
    ["MaxPostPreDataLengthExceededError", type, field("key", "x".repeat(20_481)) + file("") + end],
    ["MaxPostPreDataLengthExceededError", type, field("a", "x".repeat(11_000)).repeat(2) + file("") + end],
    ["MaxPostPreDataLengthExceededError", type, field("a", "").repeat(251) + file("") + end],
  ])("is refused with %s: %s", async (code, contentType, body) => {
    expect(await codeOf(read(slowly(body, 512), contentType))).toBe(code);
  });

  it("does not wait for a file that nobody reads", async () => {
    const body = slowly(file("x".repeat(1_000_000)) + end, 10_000);
    const form = await openForm(body, type);
    form.release();
    await new Promise((resolve) => body.once("end", resolve));
    expect(body.readableEnded).toBe(true);
  });

  it("does not read ahead of who reads the file", async () => {
    const body = slowly(file("x".repeat(10_000_000)) + end, 10_000);
    const form = await openForm(body, type);
    await new Promise((resolve) => setImmediate(resolve));
    expect(body.readableEnded).toBe(false);
    form.release();
  });

  it("fails in the middle when the sender goes away", async () => {
    const body = new Readable({ read() {} });
    const opening = openForm(body, type);
    body.push(file("half").slice(0, -2));
    const form = await opening;
    const reading = codeOf(
      (async () => {
        for await (const _ of form.file);
      })(),
    );
    body.destroy();
    expect(await reading).toBe("MalformedPOSTRequest");
  });
});
