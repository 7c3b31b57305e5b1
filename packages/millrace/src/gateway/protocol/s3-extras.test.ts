import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { ServiceError } from "../../core/errors.ts";
import type { HttpRequest, HttpResponse } from "../http.ts";
import { ModelLibrary } from "../model/model-library.ts";
import { createProtocols } from "./protocols.ts";

const model = new ModelLibrary().model("s3");
const { restXml } = createProtocols();

function operation(name: string): NonNullable<ReturnType<typeof model.operation>> {
  const found = model.operation(name);
  if (found === undefined) throw new Error(`no operation ${name}`);
  return found;
}

function request(target: string, headers: Record<string, string> = {}, body = ""): HttpRequest {
  const [path = "/", query = ""] = target.split("?");
  const all = { host: "localhost", ...headers };
  return {
    method: "PUT",
    target,
    path,
    query,
    headers: all,
    body: Buffer.from(body),
    httpVersion: "1.1",
    secure: false,
  };
}

const read = (name: string, sent: HttpRequest): Record<string, unknown> =>
  restXml.readInput(model, operation(name), sent) as Record<string, unknown>;
const write = (name: string, output: object): HttpResponse =>
  restXml.writeOutput(model, operation(name), output, "id");

function codeOf(name: string, sent: HttpRequest): string {
  try {
    read(name, sent);
  } catch (thrown) {
    if (thrown instanceof ServiceError) return thrown.code;
    throw thrown;
  }
  return "read";
}

describe("what S3's model leaves out", () => {
  it("Expires comes in and goes out as it is, once", () => {
    const input = read("PutObject", request("/b/k", { expires: "whenever" }));
    expect(input["ExpiresString"]).toBe("whenever");
    const date = "Thu, 01 Jan 2026 00:00:00 GMT";
    expect(read("PutObject", request("/b/k", { expires: date }))).toMatchObject({ Expires: new Date(date) });
    const { headers } = write("GetObject", { Body: Buffer.alloc(0), ExpiresString: "whenever" });
    expect(headers["expires"]).toBe("whenever");
    expect(headers["expiresstring"]).toBeUndefined();
  });

  it("part of an object is 206, a restoration what it says, and all else 200", () => {
    expect(write("GetObject", { Body: Buffer.alloc(0), ContentRange: "bytes 0-1/2" }).status).toBe(206);
    expect(write("HeadObject", { ContentRange: "bytes 0-1/2" }).status).toBe(206);
    expect(write("RestoreObject", { StatusCode: 202 }).status).toBe(202);
    expect(write("GetObject", { Body: Buffer.alloc(0) }).status).toBe(200);
  });

  it("errors carry headers, and 304 and HEAD no body", () => {
    const failed = (name: string, status: number): HttpResponse =>
      restXml.writeError(
        model,
        operation(name),
        new ServiceError("Some", "text", { status, headers: { "x-amz-delete-marker": "true" } }),
        "id",
      );
    const seen = failed("GetObject", 404);
    expect(seen.headers).toMatchObject({ "x-amz-delete-marker": "true", "content-type": "application/xml" });
    expect(String(seen.body)).toContain("<Code>Some</Code>");
    for (const response of [failed("GetObject", 304), failed("HeadObject", 404)]) {
      expect(response.headers["x-amz-delete-marker"]).toBe("true");
      expect(String(response.body)).toBe("");
    }
  });

  it("the MD5 of a body that is not streamed is checked", () => {
    const body = "<Delete><Object><Key>k</Key></Object></Delete>";
    const md5 = (text: string): string => createHash("md5").update(text).digest("base64");
    const sent = (digest: string): HttpRequest => request("/b?delete", { "content-md5": digest }, body);
    expect(codeOf("DeleteObjects", sent(md5(body)))).toBe("read");
    expect(codeOf("DeleteObjects", sent(md5("other")))).toBe("BadDigest");
    expect(codeOf("DeleteObjects", sent("short"))).toBe("InvalidDigest");
  });

  it("a path that is no text is no URI", () => {
    for (const target of ["/b/%E0%A4%A", "/b/%zz", "/%ff/k"])
      expect(codeOf("GetObject", request(target))).toBe("InvalidURI");
  });

  it.each([
    ["InvalidStorageClass", "PutObject", { "x-amz-storage-class": "COLD' at 'x' failed" }],
    ["InvalidRequest", "CopyObject", { "x-amz-copy-source": "b/k", "x-amz-checksum-algorithm": "ADLER" }],
    ["InvalidArgument", "CopyObject", { "x-amz-copy-source": "b/k", "x-amz-metadata-directive": "KEEP" }],
    ["InvalidArgument", "PutObject", { "x-amz-server-side-encryption": "rot13" }],
  ])("%s is what %s answers to %j", (code, name, headers) => {
    expect(codeOf(name, request("/b/k", headers))).toBe(code);
  });

  it("a location that is none is told from a body that is malformed", () => {
    const body = (text: string): HttpRequest =>
      request("/b", {}, `<CreateBucketConfiguration>${text}</CreateBucketConfiguration>`);
    const place = (name: string): string => `<LocationConstraint>${name}</LocationConstraint>`;
    expect(codeOf("CreateBucket", body(place("mars")))).toBe("InvalidLocationConstraint");
    expect(codeOf("CreateBucket", body(place("eu-west-1")))).toBe("read");
    expect(codeOf("CreateBucket", body("<LocationConstraint>"))).toBe("MalformedXML");
  });
});
