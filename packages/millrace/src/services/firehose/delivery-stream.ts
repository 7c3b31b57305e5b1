import { SerialTasks } from "../../core/serial-tasks.ts";
import type { DeliveryPipeline, StreamCopier } from "../../kernels/delivery/index.ts";
import { deliveryStreamArn } from "./arn.ts";
import { DeliveryTraffic } from "./delivery-traffic.ts";
import type { PlannedStream } from "./destinations/destination.ts";
import type { StreamDocument, VersionedDestination } from "./document.ts";
import { logKeyId } from "./encryption/encryption-key.ts";
import type { StreamCounters } from "./stream-counters.ts";

/**
 * One delivery stream at run time. Its document is replaced as a whole, by `StreamTable.change` only, after
 * the new one is durable.
 */
export class DeliveryStream {
  readonly arn: string;
  #document: StreamDocument;
  #appendOptions: { readonly encryption?: { readonly keyId: string } } = {};
  /** Changes of one stream run one after the other. */
  readonly changes: SerialTasks = new SerialTasks();
  /** What opens and ends the pipeline runs one after the other. */
  readonly transitions: SerialTasks = new SerialTasks();
  /** Takes and delivers records; undefined while the stream is CREATING, and once it is being removed. */
  pipeline: DeliveryPipeline | undefined;
  /** Of a stream that reads from another one. */
  copier: StreamCopier | undefined;
  /** Kept here by the meter, which alone uses them. */
  counters: StreamCounters | undefined;
  /** Who put into it and what was delivered, lately. */
  readonly traffic: DeliveryTraffic = new DeliveryTraffic();
  /** True while the pipeline is being brought to the newest destination. */
  isApplying: boolean = false;

  constructor(document: StreamDocument) {
    this.#document = document;
    this.arn = deliveryStreamArn(document);
    this.adopt(document);
  }

  get document(): StreamDocument {
    return this.#document;
  }

  /** How records are appended now: encrypted, or not. */
  get appendOptions(): { readonly encryption?: { readonly keyId: string } } {
    return this.#appendOptions;
  }

  /** Takes a durable document. */
  adopt(document: StreamDocument): void {
    this.#document = document;
    const keyId = logKeyId(document.encryption.inForce);
    this.#appendOptions = keyId === undefined ? {} : { encryption: { keyId } };
  }

  /** As the plan of one of its destinations sees it. */
  planned({ version }: VersionedDestination): PlannedStream {
    const { id, name, account, region, source } = this.#document;
    const planned = { id, name, arn: this.arn, account, region, version };
    return source.kind === "kinesis" ? { ...planned, sourceStreamArn: source.streamArn } : planned;
  }
}
