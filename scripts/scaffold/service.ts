import { existsSync } from "node:fs";
import { join } from "node:path";
import { productSource } from "../tidy/areas.ts";
import { modelPath, pagePath } from "../tidy/coverage-pages.ts";
import { tablePath } from "../tidy/operation-table.ts";
import { pascalCase } from "./service-names.ts";
import { type Changes, insertEntry, readSource, ScaffoldError } from "./source-edit.ts";

const registry = `${productSource}server/services.ts`;

/** The folder of a service that has no operations yet, its page, its start, and its line in the server's list. */
export function serviceChanges(root: string, id: string): Changes {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id))
    throw new ScaffoldError(`${id} is no AWS service id: write it like kinesis-analytics-v2`);
  const folder = `${productSource}services/${id}`;
  if (existsSync(join(root, folder))) throw new ScaffoldError(`${folder} is there already`);
  readSource(root, modelPath(id), "add the service to scripts/facts/services.ts, then run `npm run facts`");
  const name = pascalCase(id);
  const edited = insertEntry(registry, readSource(root, registry, "the server lists its services there"), {
    variable: "serviceFactories",
    name: id,
    entry: `${/^[a-z0-9]+$/.test(id) ? id : `"${id}"`}: async (context) => (await import("./start-${id}.ts")).start${name}(context)`,
  });
  return new Map([
    [`${folder}/index.ts`, indexText(id, name)],
    [`${folder}/state.ts`, stateText(id, name)],
    [tablePath(id), tableText(id, name)],
    [`${folder}/README.md`, readmeText(id)],
    [pagePath(id), pageText(id)],
    [`${productSource}server/start-${id}.ts`, startText(id, name)],
    [registry, edited],
  ]);
}

function indexText(id: string, name: string): string {
  return `import { bindOperations, type Service } from "../../gateway/service.ts";
import { operations } from "./operations.ts";
import { type ${name}Dependencies, ${name}State } from "./state.ts";

/** Reads its state before it takes calls. */
export async function create${name}(dependencies: ${name}Dependencies): Promise<Service> {
  const state = new ${name}State(dependencies);
  await state.load();
  return {
    id: "${id}",
    ...bindOperations(state, operations),
    resourcePolicies: () => [],
    reset: () => state.reset(),
    close: () => state.close(),
  };
}
`;
}

function startText(id: string, name: string): string {
  return `import type { Service } from "../gateway/service.ts";
import { create${name} } from "../services/${id}/index.ts";
import type { ServiceContext } from "./service-context.ts";

export function start${name}({ clock }: ServiceContext): Promise<Service> {
  return create${name}({ clock });
}
`;
}

function stateText(id: string, name: string): string {
  return `import type { Clock } from "../../core/clock.ts";

export interface ${name}Dependencies {
  readonly clock: Clock;
}

/** All that the operations of ${id} work on. Keep what it holds by account and region. */
export class ${name}State {
  readonly clock: Clock;

  constructor(dependencies: ${name}Dependencies) {
    this.clock = dependencies.clock;
  }

  /** Reads what is kept; that is nothing yet. */
  async load(): Promise<void> {}

  /** Forgets all resources; there are none yet. */
  async reset(): Promise<void> {}

  /** Stops timers and flushes; there is nothing to stop yet. */
  async close(): Promise<void> {}
}
`;
}

function tableText(id: string, name: string): string {
  return `import type { OperationTable } from "../../gateway/service.ts";
import type { ${name}State } from "./state.ts";

/** What Millrace has of ${id}. An operation that is not here answers 501 \`NotImplemented\`. */
export const operations: OperationTable<${name}State> = {
  // Sorted by name; \`npm run new-operation\` adds lines here.
};
`;
}

function readmeText(id: string): string {
  return `# ${id}

\`operations.ts\` lists the operations, \`operations/\` holds one file for each, \`state.ts\` what they work on.
Errors that clients may see belong in \`errors.ts\`, AWS's limits in \`limits.ts\`.

What it keeps: nothing yet. What it refuses: every operation, with 501 \`NotImplemented\`.
See [the service's page](../../../../../docs/${id}.md) for what is there.
`;
}

function pageText(id: string): string {
  return `# ${id}

<!-- coverage:start -->
<!-- coverage:end -->
`;
}
