import type { DestinationDescription } from "@aws-sdk/client-firehose";
import type { Call } from "../../../gateway/call.ts";
import type { PipelinePlan } from "../../../kernels/delivery/index.ts";
import type { FirehoseParts, OnBehalf } from "../dependencies.ts";
import type { LoggingOptions } from "../s3/s3-settings.ts";

/** The stream that a destination belongs to, as its plan needs it. */
export interface PlannedStream {
  readonly id: string;
  readonly name: string;
  readonly arn: string;
  readonly account: string;
  readonly region: string;
  /** Of the destination: part of the names of objects. */
  readonly version: number;
  /** The data stream that its records come from. */
  readonly sourceStreamArn?: string;
  /** Told how long a destination took to acknowledge a delivery, where there are acknowledgements. */
  readonly onAcknowledged?: (latencyMs: number) => void;
}

/** Who asks for a destination, and for which stream. */
export interface DestinationRequest {
  readonly parts: FirehoseParts;
  readonly call: Call;
  readonly stream: { readonly name: string; readonly arn: string };
}

/** Where a consumer's errors are logged, and what the lines say of its destination. */
export interface ErrorLog {
  readonly options: LoggingOptions;
  /** A bucket's ARN, an endpoint's URL. */
  readonly destination: string;
}

/** What one kind of destination is: one file in this folder, and its cases in kinds.ts. */
export interface DestinationKind<Change, Document extends { readonly kind: string }> {
  /**
   * The destination after a change, with its defaults, checked.
   * @param current undefined at creation, and when the destination was of another kind: then the change says all.
   * @throws ServiceError what AWS answers to a wrong configuration.
   */
  changed(current: Document | undefined, change: Change, request: DestinationRequest): Promise<Document>;
  describe(document: Document): Omit<DestinationDescription, "DestinationId">;
  /** Roles that a change names: the caller must be allowed to pass them. */
  roles(change: Change): readonly string[];
  errorLog(document: Document, consumer: string): ErrorLog;
  /** What CloudWatch calls the deliveries of a consumer: `DeliveryToS3`. */
  metricPrefix(consumer: string): string;
  plan(document: Document, stream: PlannedStream, parts: FirehoseParts): Promise<PipelinePlan>;
}

export function onBehalfOf({ account, region, arn }: PlannedStream): OnBehalf {
  return { account, region, sourceArn: arn };
}
