import { ServiceError } from "../../core/errors.ts";
import { limits } from "./limits.ts";
import { decodeMetadata } from "./metadata-text.ts";

/** What a writer says of an object in headers that come back as they were sent. */
export interface HeaderInput {
  readonly CacheControl?: string | undefined;
  readonly ContentDisposition?: string | undefined;
  readonly ContentEncoding?: string | undefined;
  readonly ContentLanguage?: string | undefined;
  readonly ContentType?: string | undefined;
  readonly Expires?: Date | undefined;
  /** In place of a date that is none. */
  readonly ExpiresString?: string | undefined;
  readonly WebsiteRedirectLocation?: string | undefined;
}

/** How S3 calls what nobody has named. */
const defaultContentType = "binary/octet-stream";

export function headersOf(input: HeaderInput): Readonly<Record<string, string>> {
  const headers: Record<string, string> = { "content-type": input.ContentType ?? defaultContentType };
  const add = (name: string, value: string | undefined): void => {
    if (value !== undefined) headers[name] = value;
  };
  add("cache-control", input.CacheControl);
  add("content-disposition", input.ContentDisposition);
  add("content-encoding", withoutChunked(input.ContentEncoding));
  add("content-language", input.ContentLanguage);
  add("expires", input.ExpiresString ?? input.Expires?.toUTCString());
  add("x-amz-website-redirect-location", redirectOf(input.WebsiteRedirectLocation));
  return headers;
}

/** aws-chunked is how the body travelled and not how the object is encoded. */
function withoutChunked(encoding: string | undefined): string | undefined {
  const codings = encoding?.split(",").filter((coding) => coding.trim().toLowerCase() !== "aws-chunked");
  return codings === undefined || codings.length === 0 ? undefined : codings.join(",").trim();
}

function redirectOf(location: string | undefined): string | undefined {
  if (location === undefined || /^(?:\/|https?:\/\/)/.test(location)) return location;
  throw new ServiceError(
    "InvalidRedirectLocation",
    "The website redirect location must have a prefix of 'http://' or 'https://' or '/'.",
  );
}

/** A set of headers as members of an answer. */
export function headerMembers(headers: Readonly<Record<string, string>>): Omit<HeaderInput, never> {
  return {
    CacheControl: headers["cache-control"],
    ContentDisposition: headers["content-disposition"],
    ContentEncoding: headers["content-encoding"],
    ContentLanguage: headers["content-language"],
    ContentType: headers["content-type"],
    ExpiresString: headers["expires"],
    WebsiteRedirectLocation: headers["x-amz-website-redirect-location"],
  };
}

/** User metadata, without the prefix of its headers. */
export function metadataOf(
  metadata: Readonly<Record<string, string>> | undefined,
): Readonly<Record<string, string>> {
  const kept = Object.create(null) as Record<string, string>;
  let bytes = 0;
  for (const [name, value] of Object.entries(metadata ?? {})) {
    bytes += Buffer.byteLength(name) + Buffer.byteLength(value);
    kept[name.toLowerCase()] = decodeMetadata(value);
  }
  if (bytes <= limits.metadataBytes) return kept;
  throw new ServiceError(
    "MetadataTooLarge",
    "Your metadata headers exceed the maximum allowed metadata size",
    { members: { Size: bytes, MaxSizeAllowed: limits.metadataBytes } },
  );
}

const storageClasses: readonly string[] = [
  "STANDARD",
  "REDUCED_REDUNDANCY",
  "STANDARD_IA",
  "ONEZONE_IA",
  "INTELLIGENT_TIERING",
  "GLACIER",
  "GLACIER_IR",
  "DEEP_ARCHIVE",
];

/** The classes of general purpose buckets. All of them lie on the same disk. */
export function storageClassOf(asked: string | undefined): string {
  if (asked === undefined) return "STANDARD";
  if (storageClasses.includes(asked)) return asked;
  throw new ServiceError("InvalidStorageClass", "The storage class you specified is not valid", {
    members: { StorageClassRequested: asked },
  });
}
