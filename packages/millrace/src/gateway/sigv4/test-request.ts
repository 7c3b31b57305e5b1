import type { HttpRequest } from "../http.ts";
import type { Credential } from "./verifier.ts";

export interface RequestParts {
  readonly method?: string;
  readonly path?: string;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** A request as the listener would hand it over. */
export function testRequest(parts: RequestParts): HttpRequest {
  const { method = "GET", path = "/", query = "", headers = {}, body = "" } = parts;
  const target = query === "" ? path : `${path}?${query}`;
  return { method, target, path, query, headers, body: Buffer.from(body), httpVersion: "1.1", secure: false };
}

export function testCredential(
  accessKeyId: string,
  secretKey: string,
  more: Partial<Credential> = {},
): Credential {
  const account = "123456789012";
  return { accessKeyId, secretKey, account, arn: `arn:aws:iam::${account}:root`, kind: "root", ...more };
}
