import type { Service } from "../gateway/service.ts";
import { LogStore } from "../kernels/log/index.ts";
import { createKinesis, KinesisMeter } from "../services/kinesis/index.ts";
import { openKeys } from "./open-keys.ts";
import { openMetricSink } from "./open-metrics.ts";
import type { ServiceContext } from "./service-context.ts";
import { KmsStreamKeys } from "./stream-keys.ts";

/** Kinesis on its own documents and logs below `<data>/kinesis`. */
export async function startKinesis(context: ServiceContext): Promise<Service> {
  const { configuration, directory, master, clock, log, registry, tokens } = context;
  const keys = new KmsStreamKeys(await openKeys(context), master);
  const store = directory.store("kinesis");
  const logs = new LogStore({
    dir: directory.folder("kinesis/logs"),
    clock,
    log,
    defaults: { durability: configuration.durability, cipher: keys },
  });
  const service = await createKinesis({
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
  return {
    ...service,
    async close() {
      await service.close();
      await logs.close();
      store.close();
    },
  };
}
