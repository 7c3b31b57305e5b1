import type { HttpRequest, HttpResponse } from "../http.ts";
import type { Exchange } from "../listen/exchange.ts";
import { crossOriginTarget } from "../s3-request.ts";
import type { OpenPayload } from "../sigv4/open-payload.ts";
import { type FormFields, openForm } from "./form-reader.ts";
import { formResponse } from "./form-response.ts";
import { checkFields, parsePostPolicy } from "./post-policy.ts";
import { expandedFields, putRequest } from "./put-request.ts";
import { sizedFile } from "./sized-file.ts";

/** A form that uploads a file, and the PutObject that it asks for. */
export interface FormUpload {
  readonly fields: FormFields;
  /** Says what is put where. It is not signed: the form's fields prove who made it. */
  readonly request: HttpRequest;
  /** The file. */
  readonly payload: OpenPayload;
  /** The answer to the form, from the one to PutObject. */
  answer(put: HttpResponse): HttpResponse;
}

/**
 * Reads a form up to its file and checks it against its policy, where it has one. That the policy comes from
 * whom it says it does is not known before the form's signature was verified.
 */
export async function receiveForm(exchange: Exchange, nowMs: number): Promise<FormUpload> {
  const { head } = exchange;
  const form = await openForm(exchange.stream(), head.headers["content-type"] ?? "");
  try {
    const fields = expandedFields(form.fields, form.fileName);
    const request = putRequest(head, fields);
    const { bucket = "" } = crossOriginTarget(head);
    const text = fields.get("policy");
    const policy = text === undefined ? undefined : parsePostPolicy(text);
    if (policy !== undefined) checkFields(policy, fields, bucket, nowMs);
    return {
      fields,
      request,
      payload: {
        body: policy === undefined ? form.file : sizedFile(form.file, policy.sizes),
        trailers: new Map(),
        trailerNames: [],
        // The form is longer than its file, so this is what the file has at most.
        declaredBytes: numberOf(head.headers["content-length"]),
        release: () => form.release(),
      },
      answer: (put) =>
        formResponse(put, { bucket, key: fields.get("key") ?? "", path: request.path, head, fields }),
    };
  } catch (error) {
    form.release();
    throw error;
  }
}

function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
