import type { FirehoseState } from "../../services/firehose/index.ts";
import type { KinesisState } from "../../services/kinesis/index.ts";
import type { AdminContext } from "../admin/context.ts";
import type { FirehoseParts } from "../open-firehose.ts";
import { InnerCalls } from "./inner-calls.ts";
import { KclLeases } from "./kcl-leases.ts";
import { Replays } from "./replays.ts";
import { StreamUses } from "./stream-use.ts";
import { Topology, type TopologySources } from "./topology.ts";

/** What is known of traffic and who asks for it. It wakes no service: what does not run has no traffic. */
class TopologyParts implements TopologySources {
  readonly calls: InnerCalls;
  readonly leases: KclLeases;
  readonly #context: AdminContext;
  readonly replays: Replays;
  readonly topology: Topology;
  #uses: StreamUses | undefined;

  constructor(context: AdminContext) {
    this.#context = context;
    this.calls = new InnerCalls(context);
    this.leases = new KclLeases(this.calls, context.clock);
    this.topology = new Topology(context, this);
    this.replays = new Replays(context.clock, context.log);
  }

  streams(): KinesisState | undefined {
    return this.#context.platform.made<KinesisState>("streams");
  }

  firehose(): FirehoseState | undefined {
    return this.#context.platform.made<FirehoseParts>("firehose")?.state;
  }

  uses(state: KinesisState): StreamUses {
    this.#uses ??= new StreamUses(state, this.leases, () => this.firehose());
    return this.#uses;
  }
}

export function openTopology(context: AdminContext): Promise<TopologyParts> {
  return context.platform.part("topology", async ({ onClose, onReset }) => {
    const parts = new TopologyParts(context);
    onClose(() => parts.replays.close());
    onReset(() => parts.replays.close());
    return parts;
  });
}
