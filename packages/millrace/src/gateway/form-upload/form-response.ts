import type { HttpResponse } from "../http.ts";
import type { RequestHead } from "../listen/exchange.ts";
import { XmlSink } from "../shape/xml-writer.ts";
import type { FormFields } from "./form-reader.ts";

/** What was put, for the browser that sent the form. */
export interface PutByForm {
  readonly bucket: string;
  readonly key: string;
  /** The path of the object, encoded. */
  readonly path: string;
  readonly head: RequestHead;
  readonly fields: FormFields;
}

/** The answer to a form, from the one to its PutObject: a document, a page to go to, or nothing. */
export function formResponse(put: HttpResponse, form: PutByForm): HttpResponse {
  const { fields } = form;
  const etag = String(put.headers["etag"] ?? "");
  const { "content-type": _type, ...headers } = put.headers;
  const target = redirectTarget(fields.get("success_action_redirect") ?? fields.get("redirect"), form, etag);
  if (target !== undefined)
    return { status: 303, headers: { ...headers, location: target }, body: Buffer.alloc(0) };
  const location = `${form.head.secure ? "https" : "http"}://${form.head.headers.host ?? ""}${form.path}`;
  const status = fields.get("success_action_status");
  if (status === "201") {
    const type = { "content-type": "application/xml" };
    return { status: 201, headers: { ...headers, ...type, location }, body: document(location, form, etag) };
  }
  return { status: status === "200" ? 200 : 204, headers: { ...headers, location }, body: Buffer.alloc(0) };
}

/** Where the browser goes next; a target that is no web address is ignored. */
function redirectTarget(
  text: string | undefined,
  { bucket, key }: PutByForm,
  etag: string,
): string | undefined {
  if (text === undefined || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.protocol !== "http:" && url.protocol !== "https:") return undefined;
  url.searchParams.append("bucket", bucket);
  url.searchParams.append("key", key);
  url.searchParams.append("etag", etag);
  return url.href;
}

function document(location: string, { bucket, key }: PutByForm, etag: string): string {
  const sink = new XmlSink();
  sink.element("PostResponse", "", () => {
    sink.leaf("Location", location);
    sink.leaf("Bucket", bucket);
    sink.leaf("Key", key);
    sink.leaf("ETag", etag);
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n${sink.finish()}`;
}
