import type { ModelFile, ServiceFacts } from "../../packages/millrace/src/gateway/model/model-file.ts";

/** One line an entry, so that the diff of an SDK update reads as a list of changed shapes. */
export function printModel(model: ModelFile): string {
  const sections = Object.entries(model).map(
    ([name, table]) => `${JSON.stringify(name)}:${printTable(table)}`,
  );
  return `{\n${sections.join(",\n")}\n}\n`;
}

/** What routing needs to know of all services, by service id. */
export function printIndex(services: readonly ServiceFacts[]): string {
  return `${printTable(Object.fromEntries(services.map((service) => [service.id, service])))}\n`;
}

function printTable(table: object): string {
  const lines = Object.entries(table).map(
    ([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`,
  );
  return `{\n${lines.join(",\n")}\n}`;
}
