import type { Clock } from "../../../core/clock.ts";
import type { Application } from "../applications/application.ts";
import { resourceInUse } from "../errors.ts";
import type { Lifecycle } from "./lifecycle.ts";
import { newId, newOperation, statusDuring } from "./transitions.ts";

/** Restarts a running application from a snapshot with another parallelism. */
export function scaleApplication(
  { clock, lifecycle }: { readonly clock: Clock; readonly lifecycle: Lifecycle },
  application: Application,
  parallelism: number,
): void {
  const operation = newOperation("AutoScaleApplication", clock.now());
  const snapshot = newId();
  lifecycle.background(() =>
    lifecycle.begin(application, operation, (document) => {
      if (document.status !== "RUNNING") throw resourceInUse("The application is not RUNNING any more.");
      return {
        ...document,
        status: statusDuring.scale,
        transition: {
          kind: "scale",
          operationId: operation.id,
          stopWith: snapshot,
          restoreFrom: snapshot,
          parallelism,
        },
      };
    }),
  );
}
