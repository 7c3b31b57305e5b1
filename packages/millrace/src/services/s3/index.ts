import type { Service } from "../../gateway/service.ts";
import { resourcePolicies } from "./access/resource-policies.ts";
import { boundOperations } from "./bound-operations.ts";
import { BucketCors } from "./cors/bucket-cors.ts";
import type { S3Dependencies } from "./dependencies.ts";
import { S3State } from "./state.ts";

/** Amazon S3. Who hands in the object store closes it. */
export async function createS3(dependencies: S3Dependencies): Promise<Service> {
  const state = new S3State(dependencies);
  state.lifecycle.start();
  return {
    id: "s3",
    ...boundOperations(state),
    resourcePolicies: (arn) => resourcePolicies(state.objects, arn),
    crossOrigin: new BucketCors(state.objects),
    reset: () => state.reset(),
    close: () => state.lifecycle.close(),
  };
}
