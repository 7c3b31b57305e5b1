import { createHash, createHmac } from "node:crypto";

export interface TestKey {
  readonly accessKeyId: string;
  readonly secretKey: string;
  readonly sessionToken?: string;
}

export interface TestCall {
  readonly method?: string;
  readonly body?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  /** The signing name of the scope. */
  readonly service?: string;
  /** Instead of the body's hash: S3's `UNSIGNED-PAYLOAD`. */
  readonly payloadHash?: string;
}

const sha256 = (data: string | Buffer): string => createHash("sha256").update(data).digest("hex");
const hmac = (key: string | Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();

/** A request signed by version 4, as any AWS client would; unsigned without a key. */
export async function send(url: string, key: TestKey | undefined, call: TestCall = {}): Promise<Response> {
  const { method = "GET", body = "", headers = {} } = call;
  const signed = key === undefined ? {} : signatureOf(new URL(url), key, call);
  const sent = body.length === 0 ? {} : { body: body as string };
  return await fetch(url, { method, headers: { ...headers, ...signed }, ...sent });
}

function signatureOf(
  url: URL,
  { accessKeyId, secretKey, sessionToken }: TestKey,
  { method = "GET", body = "", service = "millrace", payloadHash }: TestCall,
): Record<string, string> {
  const timestamp = new Date().toISOString().replace(/[-:]|\.\d{3}/g, "");
  const scope = `${timestamp.slice(0, 8)}/us-east-1/${service}/aws4_request`;
  const headers: Record<string, string> = {
    host: url.host,
    ...(payloadHash !== undefined && { "x-amz-content-sha256": payloadHash }),
    "x-amz-date": timestamp,
    ...(sessionToken !== undefined && { "x-amz-security-token": sessionToken }),
  };
  const query = [...url.searchParams]
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .sort()
    .join("&");
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`);
  const names = Object.keys(headers).join(";");
  const canonical = `${method}\n${url.pathname}\n${query}\n${lines.join("")}\n${names}\n${payloadHash ?? sha256(body)}`;
  const toSign = `AWS4-HMAC-SHA256\n${timestamp}\n${scope}\n${sha256(canonical)}`;
  const signing = scope.split("/").reduce<string | Buffer>(hmac, `AWS4${secretKey}`);
  const signature = hmac(signing, toSign).toString("hex");
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
  const { host: _, ...rest } = headers;
  return { ...rest, authorization };
}
