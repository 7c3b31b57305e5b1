import type { HttpRequest } from "../http.ts";
import type { RequestHead } from "../listen/exchange.ts";
import { malformedXml, parseXml, type XmlElement } from "../shape/xml-tree.ts";
import { missingField } from "./form-errors.ts";
import type { FormFields } from "./form-reader.ts";

/** Fields that are headers of PutObject under the same name, beside all that begin with `x-amz-`. */
const headerFields: ReadonlySet<string> = new Set([
  "cache-control",
  "content-type",
  "content-disposition",
  "content-encoding",
  "content-md5",
  "expires",
]);

/** Fields that prove who made the form and are nothing of the object's. */
const proofFields: ReadonlySet<string> = new Set([
  "x-amz-algorithm",
  "x-amz-credential",
  "x-amz-date",
  "x-amz-signature",
  "x-amz-security-token",
]);

/** Fields with the file's name put where `${filename}` stands. */
export function expandedFields(fields: FormFields, fileName: string): FormFields {
  const expanded = new Map<string, string>();
  for (const [name, value] of fields) {
    expanded.set(
      name,
      proofFields.has(name) || name === "policy" ? value : value.replaceAll(fileNameMark, () => fileName),
    );
  }
  return expanded;
}

// biome-ignore lint/suspicious/noTemplateCurlyInString: forms write it like this.
const fileNameMark = "${filename}";

/** The PutObject that a form asks for. Who makes it is found out by other means than a signed header. */
export function putRequest(head: RequestHead, fields: FormFields): HttpRequest {
  const key = fields.get("key");
  if (key === undefined || key === "") throw missingField("key");
  const path = `${head.path.replace(/\/+$/, "")}/${encodeURIComponent(key)}`;
  const credential = fields.get("x-amz-credential") ?? "";
  const scope = /^[^,\s]+$/.test(credential) ? credential : "/20260101/us-east-1/s3/aws4_request";
  const headers: Record<string, string | undefined> = {
    host: head.headers.host,
    "user-agent": head.headers["user-agent"],
    referer: head.headers["referer"],
    // Not signed at all: it tells where the request is to be routed, and in trust mode who sends it.
    authorization: `AWS4-HMAC-SHA256 Credential=${scope}`,
    "x-amz-security-token": fields.get("x-amz-security-token"),
    ...objectHeaders(fields),
  };
  return { ...head, method: "PUT", path, query: "", target: path, headers, body: Buffer.alloc(0) };
}

function objectHeaders(fields: FormFields): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of fields) {
    if (name === "acl") headers["x-amz-acl"] = value;
    else if (name === "tagging") headers["x-amz-tagging"] = tagHeader(value);
    else if (headerFields.has(name) || (name.startsWith("x-amz-") && !proofFields.has(name)))
      headers[name] = value;
  }
  return headers;
}

/** A form's tags are the document of PutObjectTagging; PutObject takes them in a header. */
function tagHeader(document: string): string {
  const root = parseXml(Buffer.from(document));
  const set = root.children.find(({ name }) => name === "TagSet");
  if (root.name !== "Tagging" || set === undefined) throw malformedXml();
  const pairs = new URLSearchParams();
  for (const tag of set.children) pairs.append(textOf(tag, "Key"), textOf(tag, "Value"));
  return pairs.toString();
}

function textOf(tag: XmlElement, name: string): string {
  const found = tag.children.find((child) => child.name === name);
  if (tag.name !== "Tag" || found === undefined) throw malformedXml();
  return found.text;
}
