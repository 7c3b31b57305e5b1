import type { HttpResponse } from "../../gateway/http.ts";
import { bindOperations, type Service } from "../../gateway/service.ts";
import type { KinesisAnalyticsV2Dependencies } from "./dependencies.ts";
import { operations } from "./operations.ts";
import { ApplicationPages } from "./pages/application-pages.ts";
import type { PageRequest } from "./pages/page-request.ts";
import { KinesisAnalyticsV2State } from "./state.ts";

export { analyticsService } from "./arn.ts";
export {
  type AnalyticsDialect,
  type ApplicationObjects,
  type ObjectLocation,
  ObjectReadError,
  type Reader,
  type ReadFailure,
  type ReadObject,
  type SampledRecord,
  type StreamSampler,
} from "./dependencies.ts";
export { kinesisAnalyticsV2Schema } from "./schema.ts";

/** The service, and the pages that its presigned URLs lead to. */
export interface KinesisAnalyticsV2 {
  readonly service: Service;
  pages(request: PageRequest): Promise<HttpResponse>;
}

/** Reads its state before it takes calls. */
export function createKinesisAnalyticsV2(dependencies: KinesisAnalyticsV2Dependencies): KinesisAnalyticsV2 {
  const state = new KinesisAnalyticsV2State(dependencies);
  state.load();
  const pages = new ApplicationPages(state);
  return {
    service: {
      id: "kinesis-analytics-v2",
      ...bindOperations(state, operations),
      resourcePolicies: () => [],
      reset: () => state.reset(),
      close: () => state.close(),
    },
    pages: (request) => pages.answer(request),
  };
}
