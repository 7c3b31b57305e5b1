import type {
  CheckpointConfiguration,
  CheckpointConfigurationDescription,
  CheckpointConfigurationUpdate,
  FlinkApplicationConfiguration,
  FlinkApplicationConfigurationDescription,
  FlinkApplicationConfigurationUpdate,
  MonitoringConfiguration,
  MonitoringConfigurationDescription,
  MonitoringConfigurationUpdate,
  ParallelismConfiguration,
  ParallelismConfigurationDescription,
  ParallelismConfigurationUpdate,
} from "@aws-sdk/client-kinesis-analytics-v2";
import type { Input } from "../../../gateway/service.ts";
import { invalidArgument } from "../errors.ts";
import { limits } from "../limits.ts";

type Checkpointing = Required<{
  [K in keyof CheckpointConfigurationDescription]: NonNullable<CheckpointConfigurationDescription[K]>;
}>;

/** What DEFAULT means; values that come beside it do not count. */
export const defaultCheckpointing: Checkpointing = Object.freeze({
  ConfigurationType: "DEFAULT",
  CheckpointingEnabled: true,
  CheckpointInterval: 60_000,
  MinPauseBetweenCheckpoints: 5_000,
});
const defaultMonitoring = Object.freeze({
  ConfigurationType: "DEFAULT",
  MetricsLevel: "APPLICATION",
  LogLevel: "INFO",
} as const);
const defaultParallelism = Object.freeze({
  ConfigurationType: "DEFAULT",
  Parallelism: 1,
  ParallelismPerKPU: 1,
  AutoScalingEnabled: true,
} as const);

/** @throws ServiceError InvalidArgumentException */
export function newFlinkSettings(
  asked: Input<FlinkApplicationConfiguration> | undefined,
): FlinkApplicationConfigurationDescription {
  return {
    CheckpointConfigurationDescription: checkpointing(
      defaultCheckpointing,
      asked?.CheckpointConfiguration && checkpointUpdate(asked.CheckpointConfiguration),
    ),
    MonitoringConfigurationDescription: monitoring(
      defaultMonitoring,
      asked?.MonitoringConfiguration && monitoringUpdate(asked.MonitoringConfiguration),
    ),
    ParallelismConfigurationDescription: parallelism(
      defaultParallelism,
      asked?.ParallelismConfiguration && parallelismUpdate(asked.ParallelismConfiguration),
    ),
  };
}

/** @throws ServiceError InvalidArgumentException */
export function updatedFlinkSettings(
  before: FlinkApplicationConfigurationDescription | undefined,
  update: Input<FlinkApplicationConfigurationUpdate>,
): FlinkApplicationConfigurationDescription {
  return {
    CheckpointConfigurationDescription: checkpointing(
      before?.CheckpointConfigurationDescription ?? defaultCheckpointing,
      update.CheckpointConfigurationUpdate,
    ),
    MonitoringConfigurationDescription: monitoring(
      before?.MonitoringConfigurationDescription ?? defaultMonitoring,
      update.MonitoringConfigurationUpdate,
    ),
    ParallelismConfigurationDescription: parallelism(
      before?.ParallelismConfigurationDescription ?? defaultParallelism,
      update.ParallelismConfigurationUpdate,
    ),
  };
}

function checkpointing(
  before: CheckpointConfigurationDescription,
  update: Input<CheckpointConfigurationUpdate> | undefined,
): CheckpointConfigurationDescription {
  if (update === undefined) return before;
  const type = update.ConfigurationTypeUpdate ?? before.ConfigurationType;
  if (type === "DEFAULT") return defaultCheckpointing;
  return {
    ConfigurationType: "CUSTOM",
    CheckpointingEnabled: update.CheckpointingEnabledUpdate ?? before.CheckpointingEnabled,
    CheckpointInterval: update.CheckpointIntervalUpdate ?? before.CheckpointInterval,
    MinPauseBetweenCheckpoints: update.MinPauseBetweenCheckpointsUpdate ?? before.MinPauseBetweenCheckpoints,
  };
}

function monitoring(
  before: MonitoringConfigurationDescription,
  update: Input<MonitoringConfigurationUpdate> | undefined,
): MonitoringConfigurationDescription {
  if (update === undefined) return before;
  const type = update.ConfigurationTypeUpdate ?? before.ConfigurationType;
  if (type === "DEFAULT") return defaultMonitoring;
  return {
    ConfigurationType: "CUSTOM",
    MetricsLevel: update.MetricsLevelUpdate ?? before.MetricsLevel,
    LogLevel: update.LogLevelUpdate ?? before.LogLevel,
  };
}

function parallelism(
  before: ParallelismConfigurationDescription,
  update: Input<ParallelismConfigurationUpdate> | undefined,
): ParallelismConfigurationDescription {
  if (update === undefined) return before;
  const type = update.ConfigurationTypeUpdate ?? before.ConfigurationType;
  if (type === "DEFAULT") return defaultParallelism;
  const after = {
    ConfigurationType: "CUSTOM",
    Parallelism: update.ParallelismUpdate ?? before.Parallelism ?? 1,
    ParallelismPerKPU: update.ParallelismPerKPUUpdate ?? before.ParallelismPerKPU ?? 1,
    AutoScalingEnabled: update.AutoScalingEnabledUpdate ?? before.AutoScalingEnabled,
  } as const;
  checkParallelism(after.Parallelism, after.ParallelismPerKPU);
  return after;
}

function checkParallelism(tasks: number, perKpu: number): void {
  if (perKpu > limits.parallelismPerKpu)
    throw invalidArgument(`ParallelismPerKPU must be at most ${limits.parallelismPerKpu}, and is ${perKpu}.`);
  const kpus = Math.ceil(tasks / perKpu);
  if (kpus > limits.kpus)
    throw invalidArgument(
      `Parallelism ${tasks} with ParallelismPerKPU ${perKpu} needs ${kpus} KPUs; an application may have ${limits.kpus}.`,
    );
}

const checkpointUpdate = (asked: Input<CheckpointConfiguration>): Input<CheckpointConfigurationUpdate> => ({
  ConfigurationTypeUpdate: asked.ConfigurationType,
  CheckpointingEnabledUpdate: asked.CheckpointingEnabled,
  CheckpointIntervalUpdate: asked.CheckpointInterval,
  MinPauseBetweenCheckpointsUpdate: asked.MinPauseBetweenCheckpoints,
});

const monitoringUpdate = (asked: Input<MonitoringConfiguration>): Input<MonitoringConfigurationUpdate> => ({
  ConfigurationTypeUpdate: asked.ConfigurationType,
  MetricsLevelUpdate: asked.MetricsLevel,
  LogLevelUpdate: asked.LogLevel,
});

const parallelismUpdate = (
  asked: Input<ParallelismConfiguration>,
): Input<ParallelismConfigurationUpdate> => ({
  ConfigurationTypeUpdate: asked.ConfigurationType,
  ParallelismUpdate: asked.Parallelism,
  ParallelismPerKPUUpdate: asked.ParallelismPerKPU,
  AutoScalingEnabledUpdate: asked.AutoScalingEnabled,
});
