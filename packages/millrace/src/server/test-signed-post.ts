import { createHash, createHmac } from "node:crypto";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const hmac = (key: string | Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();

/** A POST without a body, signed by version 4 as any AWS client would. */
export function signedPost(
  url: string,
  key: { readonly accessKeyId: string; readonly secretKey: string },
): Promise<Response> {
  const { host, pathname } = new URL(url);
  const timestamp = new Date().toISOString().replace(/[-:]|\.\d{3}/g, "");
  const scope = `${timestamp.slice(0, 8)}/us-east-1/millrace/aws4_request`;
  const canonical = `POST\n${pathname}\n\nhost:${host}\nx-amz-date:${timestamp}\n\nhost;x-amz-date\n${sha256("")}`;
  const toSign = `AWS4-HMAC-SHA256\n${timestamp}\n${scope}\n${sha256(canonical)}`;
  const signing = scope.split("/").reduce<string | Buffer>(hmac, `AWS4${key.secretKey}`);
  const signature = hmac(signing, toSign).toString("hex");
  const authorization = `AWS4-HMAC-SHA256 Credential=${key.accessKeyId}/${scope}, SignedHeaders=host;x-amz-date, Signature=${signature}`;
  return fetch(url, { method: "POST", headers: { "x-amz-date": timestamp, authorization } });
}
