import { LogStore } from "../kernels/log/index.ts";
import { KinesisMeter, KinesisState } from "../services/kinesis/index.ts";
import { openKeys } from "./open-keys.ts";
import { openMetricSink } from "./open-metrics.ts";
import type { ServiceContext } from "./service-context.ts";
import { KmsStreamKeys } from "./stream-keys.ts";

/** The data streams, on documents and logs of their own below `<data>/kinesis`: Kinesis shows them, Firehose reads them. */
export function openStreams(context: ServiceContext): Promise<KinesisState> {
  return context.platform.part("streams", async ({ onClose, onReset }) => {
    const { configuration, directory, master, clock, log, registry, tokens } = context;
    const keys = new KmsStreamKeys(await openKeys(context), master);
    const store = directory.store("kinesis");
    const logs = new LogStore({
      dir: directory.folder("kinesis/logs"),
      clock,
      log,
      defaults: { durability: configuration.durability, cipher: keys },
    });
    const metrics = await openMetricSink(context);
    const state: KinesisState = new KinesisState({
      clock,
      log,
      store,
      logs,
      tokens,
      keys,
      metrics,
      meter: new KinesisMeter({ registry, sink: metrics, clock }),
      channels: {
        async open(stop) {
          const { openChannelDelivery } = await import("./open-channel-delivery.ts");
          return openChannelDelivery(context, { state, cipher: keys, stop });
        },
      },
      iteratorKey: master.derive("shard iterators"),
      random: Math.random,
      settings: {
        transitionMs: configuration.transitionMs,
        throughput: { kind: configuration.limits },
        shardLimit: configuration.shardLimit,
      },
    });
    onClose(async () => {
      await state.channelLifecycle.close();
      await state.streams.close();
      await logs.close();
      store.close();
    });
    await state.load();
    onReset(() => state.reset());
    return state;
  });
}
