import type { Clients } from "../../api/clients.ts";
import type { RangedFile } from "./ranged-file.ts";

export interface ObjectPlace {
  readonly bucket: string;
  readonly key: string;
  readonly versionId?: string;
  /** Whatever tells this content from an earlier one under the same key. */
  readonly etag?: string;
  /** In bytes. */
  readonly size: number;
  readonly contentType?: string;
}

/** An object of S3, read by range requests. */
export function objectFile(clients: Clients, place: ObjectPlace): RangedFile {
  const { bucket, key, versionId, size, contentType } = place;
  return {
    id: `s3://${bucket}/${key}?${versionId ?? ""}&${place.etag ?? ""}`,
    name: key,
    size,
    ...(contentType !== undefined && { contentType }),
    async read(start, end) {
      const last = Math.min(end, size) - 1;
      if (last < start) return new Uint8Array(0);
      const s3 = await clients.get("s3");
      const { Body } = await s3.getObject({
        Bucket: bucket,
        Key: key,
        VersionId: versionId,
        Range: `bytes=${start}-${last}`,
        // Else the browser would decompress a part of what was put with Content-Encoding, and fail.
        ResponseContentEncoding: "identity",
      });
      if (Body === undefined) return new Uint8Array(0);
      return new Uint8Array(await Body.transformToByteArray());
    },
  };
}
