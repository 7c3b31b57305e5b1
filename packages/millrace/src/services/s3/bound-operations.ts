import { bindOperations, type OperationTable, type Service } from "../../gateway/service.ts";
import { operations } from "./operations.ts";
import type { S3State } from "./state.ts";
import { storeError } from "./store-error.ts";

/** S3's operations on a state; what the object store refuses becomes the error that a client sees. */
export function boundOperations(state: S3State): Pick<Service, "operation" | "operationNames"> {
  const translating: Record<string, OperationTable<S3State>[string]> = {};
  for (const [name, entry] of Object.entries(operations)) {
    translating[name] = {
      ...entry,
      run: async (bound, input, call) => {
        try {
          return await entry.run(bound, input, call);
        } catch (thrown) {
          throw storeError(thrown, input);
        }
      },
    };
  }
  return bindOperations(state, translating);
}
