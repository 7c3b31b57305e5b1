import type { ListServerCertificatesResponse } from "@aws-sdk/client-iam";

export function listServerCertificates(): ListServerCertificatesResponse {
  return { ServerCertificateMetadataList: [], IsTruncated: false };
}
