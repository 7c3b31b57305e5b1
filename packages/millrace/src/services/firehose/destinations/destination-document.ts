import type { HttpEndpointDocument } from "./http-endpoint.ts";
import type { RedshiftDocument } from "./redshift.ts";
import type { S3Document } from "./s3.ts";
import type { SearchDocument } from "./search.ts";
import type { SplunkDocument } from "./splunk.ts";

/** What is kept of a destination, by its kind; made and read by the kind's own file. */
export type DestinationDocument =
  | S3Document
  | HttpEndpointDocument
  | SplunkDocument
  | SearchDocument<"opensearch">
  | SearchDocument<"elasticsearch">
  | RedshiftDocument;
