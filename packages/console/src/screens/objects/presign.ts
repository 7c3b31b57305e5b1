import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@smithy/signature-v4";
import type { Session } from "../../api/session.ts";

export interface PresignInput {
  /** `http://127.0.0.1:4566` */
  readonly endpoint: string;
  readonly session: Session;
  readonly method: "GET" | "PUT";
  readonly bucket: string;
  readonly key: string;
  readonly versionId?: string;
  readonly expiresSeconds: number;
  /** Saved under this name instead of being shown. */
  readonly downloadAs?: string;
  /** When the URL begins to be valid; now when not given. */
  readonly at?: Date;
}

/** A URL that opens an object to whoever has it, for a while. */
export async function presignedUrl(input: PresignInput): Promise<string> {
  const { session, bucket, key, versionId, downloadAs } = input;
  const { accessKeyId, secretAccessKey, sessionToken, region } = session;
  const { protocol, host, hostname } = new URL(input.endpoint);
  const signer = new SignatureV4({
    service: "s3",
    region,
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) },
    sha256: Sha256,
    uriEscapePath: false,
  });
  const path = `/${bucket}/${key.split("/").map(escaped).join("/")}`;
  const query = {
    ...(versionId !== undefined && { versionId }),
    ...(downloadAs !== undefined && { "response-content-disposition": attachment(downloadAs) }),
  };
  const request = {
    method: input.method,
    protocol,
    hostname,
    path,
    query,
    headers: { host, "X-Amz-Content-Sha256": "UNSIGNED-PAYLOAD" },
  };
  const signed = await signer.presign(request, {
    expiresIn: input.expiresSeconds,
    ...(input.at && { signingDate: input.at }),
  });
  const search = Object.entries(signed.query ?? {}).map(
    ([name, value]) => `${escaped(name)}=${escaped(`${value}`)}`,
  );
  return `${input.endpoint}${path}?${search.join("&")}`;
}

function attachment(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\]/g, "_");
  return `attachment; filename="${plain}"; filename*=UTF-8''${escaped(name)}`;
}

/** As AWS escapes: everything but letters, digits and `-_.~`. */
function escaped(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
