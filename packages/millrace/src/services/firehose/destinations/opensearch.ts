import type {
  AmazonopensearchserviceDestinationDescription,
  ElasticsearchDestinationDescription,
} from "@aws-sdk/client-firehose";
import type { DestinationKind } from "./destination.ts";
import { type SearchChange, type SearchDocument, searchKind } from "./search.ts";

/** Amazon OpenSearch Service, which is any OpenSearch cluster here. */
export const opensearch: DestinationKind<SearchChange, SearchDocument<"opensearch">> = searchKind(
  "opensearch",
  {
    label: "Amazon OpenSearch Service",
    codePrefix: "OS",
    failedType: "AmazonOpenSearchService_failed",
    metricPrefix: "DeliveryToAmazonOpenSearchService",
    describe: (settings) => ({
      // The SDK's type has lists that may be changed; what is answered is only written.
      AmazonopensearchserviceDestinationDescription:
        settings as unknown as AmazonopensearchserviceDestinationDescription,
    }),
  },
);

export const elasticsearch: DestinationKind<SearchChange, SearchDocument<"elasticsearch">> = searchKind(
  "elasticsearch",
  {
    label: "Elasticsearch",
    codePrefix: "ES",
    failedType: "elasticsearch-failed",
    metricPrefix: "DeliveryToElasticsearch",
    describe: (settings) => ({
      ElasticsearchDestinationDescription: settings as unknown as ElasticsearchDestinationDescription,
    }),
  },
);
