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
    const state = new KinesisState({
      clock,
      log,
      store,
      logs,
      tokens,
      keys,
      meter: new KinesisMeter({ registry, sink: await openMetricSink(context), clock }),
      iteratorKey: master.derive("shard iterators"),
      random: Math.random,
      settings: {
        transitionMs: configuration.transitionMs,
        throughput: { kind: configuration.limits },
        shardLimit: configuration.shardLimit,
      },
    });
    onClose(async () => {
      await state.streams.close();
      await logs.close();
      store.close();
    });
    await state.load();
    onReset(() => state.reset());
    return state;
  });
}
