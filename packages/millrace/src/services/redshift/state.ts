import type { PageTokens } from "../../gateway/tokens.ts";
import { adoptClusters } from "./clusters/adoption.ts";
import { Lifecycle } from "./clusters/lifecycle.ts";
import { Resources, type ResourcesDependencies } from "./resources.ts";

/** Where the front door of a cluster's databases is. */
export interface ClusterEndpoint {
  readonly address: string;
  readonly port: number;
}

export interface RedshiftDependencies extends ResourcesDependencies {
  readonly tokens: PageTokens;
  /** The shared one, or the cluster's own; asked for each answer, as the port may be known only after the start. */
  readonly endpoint: (identifier: string) => ClusterEndpoint;
  /** How long states such as `creating` last. */
  readonly transitionMs: number;
}

/** All that the operations of Redshift work on. */
export class RedshiftState extends Resources {
  readonly tokens: PageTokens;
  readonly endpoint: (identifier: string) => ClusterEndpoint;
  readonly lifecycle: Lifecycle;

  constructor(dependencies: RedshiftDependencies) {
    super(dependencies);
    this.tokens = dependencies.tokens;
    this.endpoint = dependencies.endpoint;
    this.lifecycle = new Lifecycle(this, dependencies.transitionMs);
  }

  /** Reads what is kept, takes in the clusters that others made, and goes on with what was under way. */
  async load(): Promise<void> {
    this.loadTables();
    await this.change(() => adoptClusters(this));
    await this.lifecycle.resume();
  }

  /** Forgets all resources, and all clusters with their data. */
  async reset(): Promise<void> {
    await this.lifecycle.suspend();
    await this.forgetAll();
    await this.lifecycle.resume();
  }

  /** What is under way goes on after the next start. */
  async close(): Promise<void> {
    await this.lifecycle.suspend();
    await this.changesSettled();
  }
}
