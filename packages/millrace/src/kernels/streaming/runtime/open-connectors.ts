import type { Clock } from "../../../core/clock.ts";
import type { Connector, ConnectorContext, SourceLimits } from "../connector-port.ts";
import {
  connectorOf,
  idleTimeoutOf,
  type JobPlan,
  type SinkNode,
  sinkNodes,
  sourceNodes,
} from "./job-plan.ts";
import { type OpenSink, SinkGroup } from "./sink-group.ts";
import { SinkLane } from "./sink-lane.ts";
import { SourceFeed } from "./source-feed.ts";

export interface OpenContext {
  readonly connectors: ReadonlyMap<string, Connector>;
  /** In whose name. */
  readonly identity: Omit<ConnectorContext, "startedMs" | "signal" | "log">;
  /** When the job began for the first time. */
  readonly startedMs: number;
  readonly log: ConnectorContext["log"];
  readonly clock: Clock;
  /** For one subtask. */
  readonly roundLimits: SourceLimits;
  readonly signal: AbortSignal;
  readonly wake: () => void;
  readonly fail: (error: unknown) => void;
}

/** Opens the sources of a plan; those that were opened are closed again when one fails. */
export async function openFeeds(
  job: JobPlan,
  parallelism: number,
  context: OpenContext,
): Promise<readonly SourceFeed[]> {
  const { connectors, identity, startedMs, log, clock, roundLimits, signal, wake, fail } = context;
  const feeds: SourceFeed[] = [];
  try {
    for (const node of sourceNodes(job.plan)) {
      const { table } = node.operator;
      const source = await connectorOf(node, connectors).openSource?.(table, {
        ...{ ...identity, startedMs, log, signal },
      });
      if (source === undefined) throw new Error(`${table.path.join(".")} cannot be read`);
      const limits = {
        maxBytes: roundLimits.maxBytes * parallelism,
        maxRecords: roundLimits.maxRecords * parallelism,
      };
      const idleTimeoutMs = idleTimeoutOf(job.plan, node);
      const of = { node: node.id, uid: node.uid, source, roundLimits: limits, idleTimeoutMs };
      feeds.push(new SourceFeed({ ...of, clock, parallelism, wake, fail }));
    }
    return feeds;
  } catch (error) {
    await Promise.allSettled(feeds.map((feed) => feed.close()));
    throw error;
  }
}

/** Opens the sinks of a plan, one of each for each subtask. @param producer of the run */
export async function openSinks(
  job: JobPlan,
  parallelism: number,
  producer: string,
  context: OpenContext,
): Promise<SinkGroup> {
  const sinks: OpenSink[] = [];
  try {
    for (const node of sinkNodes(job.plan)) {
      if (connectorOf(node, context.connectors).isInternal === true) continue;
      const lanes: SinkLane[] = [];
      sinks.push({ node: node.id, uid: node.uid, lanes });
      for (let subtask = 0; subtask < parallelism; subtask += 1) {
        lanes.push(await openLane(node, subtask, producer, context));
      }
    }
    return new SinkGroup(sinks);
  } catch (error) {
    await new SinkGroup(sinks).close(true);
    throw error;
  }
}

async function openLane(
  node: SinkNode,
  subtask: number,
  producer: string,
  context: OpenContext,
): Promise<SinkLane> {
  const { connectors, identity, startedMs, log, clock, signal } = context;
  const { table } = node.operator;
  const sink = await connectorOf(node, connectors).openSink?.(table, {
    ...{ ...identity, startedMs, log, signal },
    producer: `${producer}/${node.uid}`,
    subtask,
  });
  if (sink === undefined) throw new Error(`${table.path.join(".")} cannot be written`);
  return new SinkLane({ sink, clock, name: table.path.join("."), log, signal });
}
