import { createHash, createHmac } from "node:crypto";

export interface Request {
  readonly method: "GET" | "PUT" | "DELETE";
  readonly path: string;
  /** Parameters in the order of their names, encoded. */
  readonly query?: string;
  readonly contentLength?: number;
}

export interface Signer {
  readonly host: string;
  readonly key: string;
  readonly secret: string;
}

const hmac = (key: string | Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();
const payload = "UNSIGNED-PAYLOAD";

/** The head of an HTTP/1.1 request, signed by SigV4 with its payload left out, as SDKs do over TLS. */
export function signedHead(request: Request, { host, key, secret }: Signer): string {
  const { method, path, query = "", contentLength } = request;
  const time = new Date().toISOString().replace(/[-:]|\.\d{3}/g, "");
  const day = time.slice(0, 8);
  const scope = `${day}/us-east-1/s3/aws4_request`;
  const headers = `host:${host}\nx-amz-content-sha256:${payload}\nx-amz-date:${time}\n`;
  const names = "host;x-amz-content-sha256;x-amz-date";
  const canonical = `${method}\n${path}\n${query}\n${headers}\n${names}\n${payload}`;
  const hashed = createHash("sha256").update(canonical).digest("hex");
  const signingKey = ["us-east-1", "s3", "aws4_request"].reduce(hmac, hmac(`AWS4${secret}`, day));
  const signature = hmac(signingKey, `AWS4-HMAC-SHA256\n${time}\n${scope}\n${hashed}`).toString("hex");
  const target = query === "" ? path : `${path}?${query}`;
  const length = contentLength === undefined ? "" : `content-length: ${contentLength}\r\n`;
  return (
    `${method} ${target} HTTP/1.1\r\nhost: ${host}\r\nx-amz-date: ${time}\r\n` +
    `x-amz-content-sha256: ${payload}\r\n${length}` +
    `authorization: AWS4-HMAC-SHA256 Credential=${key}/${scope}, SignedHeaders=${names}, Signature=${signature}\r\n\r\n`
  );
}
