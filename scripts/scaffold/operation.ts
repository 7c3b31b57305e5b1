import { kebabCase, productSource } from "../tidy/areas.ts";
import { modelPath } from "../tidy/coverage-pages.ts";
import { tablePath } from "../tidy/operation-table.ts";
import { pascalCase } from "./service-names.ts";
import { type Changes, insertEntry, readSource, ScaffoldError } from "./source-edit.ts";

interface OperationModel {
  /** The client that declares the types, without its version. */
  readonly sdk: string;
  /** Names of the types, where the operation takes or returns something. */
  readonly input: string | undefined;
  readonly output: string | undefined;
}

/**
 * The file of an operation, its test, and its line in the service's table. Until somebody writes it, it
 * answers 501 like an operation that is not there.
 */
export function operationChanges(root: string, service: string, name: string): Changes {
  const model = readModel(root, service, name);
  const table = readSource(root, tablePath(service), `\`npm run new-service ${service}\` writes the service`);
  const stem = kebabCase(name);
  const run = name.charAt(0).toLowerCase() + name.slice(1);
  const folder = `${productSource}services/${service}/operations`;
  const edited = insertEntry(tablePath(service), table, {
    variable: "operations",
    name,
    entry: `${name}: { run: ${run}, resources: () => ["*"] }`,
    import: `import { ${run} } from "./operations/${stem}.ts";`,
  });
  return new Map([
    [`${folder}/${stem}.ts`, operationText(service, name, run, model)],
    [`${folder}/${stem}.test.ts`, testText(name, run, stem)],
    [tablePath(service), edited],
  ]);
}

function readModel(root: string, service: string, name: string): OperationModel {
  const text = readSource(root, modelPath(service), "`npm run facts` writes the models");
  // The generated file's grammar is in packages/millrace/src/gateway/model/model-file.ts.
  const model: {
    service: { sdk: string };
    operations: Record<string, { input?: string; output?: string } | undefined>;
  } = JSON.parse(text);
  const operation = model.operations[name];
  if (operation === undefined) {
    const near = Object.keys(model.operations).filter((known) => known.toLowerCase() === name.toLowerCase());
    const hint = near.length > 0 ? `: write ${near.join(" or ")}` : `; ${modelPath(service)} lists them`;
    throw new ScaffoldError(`${service} has no operation ${name}${hint}`);
  }
  const sdk = model.service.sdk.replace(/(?<=.)@.*$/, "");
  return { sdk, input: operation.input, output: operation.output };
}

function operationText(service: string, name: string, run: string, model: OperationModel): string {
  const { sdk, input, output } = model;
  const types = [input, output].filter((type) => type !== undefined);
  const state = `${pascalCase(service)}State`;
  return `${types.length === 0 ? "" : `import type { ${types.join(", ")} } from "${sdk}";\n`}\
import { ServiceError } from "../../../core/errors.ts";
import type { Call } from "../../../gateway/call.ts";
${input === undefined ? "" : 'import type { Input } from "../../../gateway/service.ts";\n'}\
import type { ${state} } from "../state.ts";

export async function ${run}(
  _state: ${state},
  _input: ${input === undefined ? "unknown" : `Input<${input}>`},
  _call: Call,
): Promise<${output ?? "void"}> {
  throw new ServiceError("NotImplemented", "${service} ${name} is not implemented", { status: 501 });
}
`;
}

function testText(name: string, run: string, stem: string): string {
  return `import { expect, it } from "vitest";
import { ${run} } from "./${stem}.ts";

it("answers 501 until ${name} is written", async () => {
  // Nothing is read yet, so nothing is handed in.
  const answer: unknown = Reflect.apply(${run}, undefined, []);
  await expect(answer).rejects.toMatchObject({ code: "NotImplemented", status: 501 });
});
`;
}
