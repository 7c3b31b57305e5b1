import type { Clock } from "../../core/clock.ts";
import type { TrafficLog } from "../../core/traffic/traffic-log.ts";
import type { Call } from "../../gateway/call.ts";
import type { BoundOperation, Service } from "../../gateway/service.ts";

interface ObjectInput {
  readonly Bucket?: string;
  readonly ContentLength?: number;
}

/** How many objects a call has written or read, and about how many bytes. */
interface Moved {
  readonly direction: "in" | "out";
  readonly objects: number;
  readonly bytes: number;
}

/** Calls of S3 that move bytes. An upload in parts is one object when it is completed. */
const moving: Readonly<Record<string, (input: ObjectInput, output: unknown, call: Call) => Moved>> = {
  PutObject: (input, _output, call) => ({ direction: "in", objects: 1, bytes: sentBytes(input, call) }),
  UploadPart: (input, _output, call) => ({ direction: "in", objects: 0, bytes: sentBytes(input, call) }),
  CompleteMultipartUpload: () => ({ direction: "in", objects: 1, bytes: 0 }),
  CopyObject: () => ({ direction: "in", objects: 1, bytes: 0 }),
  GetObject: (_input, output) => ({
    direction: "out",
    objects: 1,
    bytes: (output as ObjectInput).ContentLength ?? 0,
  }),
};

/** S3, and who writes to its buckets and reads from them. */
export function observedObjects(service: Service, traffic: TrafficLog, clock: Clock): Service {
  const observed = new Map<string, BoundOperation>();
  for (const [name, movedBy] of Object.entries(moving)) {
    const operation = service.operation(name);
    if (operation === undefined) continue;
    observed.set(name, {
      ...operation,
      async run(input, call) {
        const output = await operation.run(input, call);
        note(movedBy(input as ObjectInput, output, call), input as ObjectInput, call);
        return output;
      },
    });
  }
  const note = (
    { direction, objects, bytes }: Moved,
    { Bucket: bucket = "" }: ObjectInput,
    call: Call,
  ): void => {
    const client = { kind: "client", principal: call.principal.arn, userAgent: call.userAgent } as const;
    const place = { kind: "bucket", bucket } as const;
    const flow = direction === "in" ? traffic.flow(client, place) : traffic.flow(place, client);
    flow.ring.add(objects, bytes, clock.now());
  };
  return { ...service, operation: (name) => observed.get(name) ?? service.operation(name) };
}

function sentBytes({ ContentLength }: ObjectInput, { payload }: Call): number {
  return ContentLength ?? payload?.declaredBytes ?? 0;
}
