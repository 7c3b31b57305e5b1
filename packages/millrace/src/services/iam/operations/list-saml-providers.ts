import type { ListSAMLProvidersResponse } from "@aws-sdk/client-iam";

export function listSAMLProviders(): ListSAMLProvidersResponse {
  return { SAMLProviderList: [] };
}
