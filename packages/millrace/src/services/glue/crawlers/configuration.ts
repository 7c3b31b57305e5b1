/** What the JSON text in a crawler's `Configuration` asks for. */
export interface CrawlerConfiguration {
  /** Existing tables get new columns; what they have stays as it is. */
  readonly mergesNewColumns: boolean;
  /** Partitions have the format and the columns of their table. */
  readonly partitionsInherit: boolean;
  /** More tables than this are not created. */
  readonly tableThreshold: number | undefined;
  /** Objects of one format are one table, however different their columns are. */
  readonly combinesSchemas: boolean;
  /** Tables are folders of this depth; a bucket has depth 1. */
  readonly tableLevel: number | undefined;
  readonly createsPartitionIndex: boolean;
}

/** What is wrong with a configuration, in a sentence for whoever wrote it. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";
}

const maxConfigurationChars = 65_536;

/**
 *   configuration => { "Version": 1.0, "CrawlerOutput": output?, "Grouping": grouping?,
 *                      "CreatePartitionIndex": boolean? }
 *   output        => { "Tables": { "AddOrUpdateBehavior": "MergeNewColumns"?, "TableThreshold": count? }?,
 *                      "Partitions": { "AddOrUpdateBehavior": "InheritFromTable"? }? }
 *   grouping      => { "TableGroupingPolicy": "CombineCompatibleSchemas"?, "TableLevelConfiguration": level? }
 *
 * @throws ConfigurationError for anything else, unknown members included
 */
export function parseConfiguration(text: string | undefined): CrawlerConfiguration {
  const root = new Member(text === undefined || text === "" ? { Version: 1 } : parsed(text), "Configuration");
  root.knows("Version", "CrawlerOutput", "Grouping", "CreatePartitionIndex");
  if (Number(root.value("Version")) !== 1)
    throw new ConfigurationError('Configuration has no "Version": 1.0, the only version there is.');
  const output = root.object("CrawlerOutput");
  output?.knows("Tables", "Partitions");
  const tables = output?.object("Tables");
  tables?.knows("AddOrUpdateBehavior", "TableThreshold");
  const partitions = output?.object("Partitions");
  partitions?.knows("AddOrUpdateBehavior");
  const grouping = root.object("Grouping");
  grouping?.knows("TableGroupingPolicy", "TableLevelConfiguration");
  return {
    mergesNewColumns: tables?.word("AddOrUpdateBehavior", "MergeNewColumns") ?? false,
    partitionsInherit: partitions?.word("AddOrUpdateBehavior", "InheritFromTable") ?? false,
    tableThreshold: tables?.count("TableThreshold"),
    combinesSchemas: grouping?.word("TableGroupingPolicy", "CombineCompatibleSchemas") ?? false,
    tableLevel: grouping?.count("TableLevelConfiguration"),
    createsPartitionIndex: root.flag("CreatePartitionIndex"),
  };
}

function parsed(text: string): unknown {
  if (text.length > maxConfigurationChars)
    throw new ConfigurationError(`Configuration has at most ${maxConfigurationChars} characters.`);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ConfigurationError("Configuration is not valid JSON.", { cause: error });
  }
}

/** An object of the configuration, and where it is in it. */
class Member {
  readonly #members: Readonly<Record<string, unknown>>;
  readonly #path: string;

  constructor(value: unknown, path: string) {
    if (typeof value !== "object" || value === null || Array.isArray(value))
      throw new ConfigurationError(`${path} must be a JSON object.`);
    this.#members = value as Record<string, unknown>;
    this.#path = path;
  }

  knows(...names: readonly string[]): void {
    const unknown = Object.keys(this.#members).find((name) => !names.includes(name));
    if (unknown !== undefined)
      throw new ConfigurationError(`${this.#path} has an unknown member ${JSON.stringify(unknown)}.`);
  }

  value(name: string): unknown {
    return Object.hasOwn(this.#members, name) ? this.#members[name] : undefined;
  }

  object(name: string): Member | undefined {
    const value = this.value(name);
    return value === undefined ? undefined : new Member(value, `${this.#path}.${name}`);
  }

  /** True if it is the one word that there is. */
  word(name: string, only: string): boolean {
    const value = this.value(name);
    if (value === undefined) return false;
    if (value === only) return true;
    throw new ConfigurationError(`${this.#path}.${name} can only be "${only}".`);
  }

  count(name: string): number | undefined {
    const value = this.value(name);
    if (value === undefined) return undefined;
    if (typeof value === "number" && Number.isSafeInteger(value) && value > 0) return value;
    throw new ConfigurationError(`${this.#path}.${name} must be a whole number above 0.`);
  }

  flag(name: string): boolean {
    const value = this.value(name);
    if (value === undefined || typeof value === "boolean") return value ?? false;
    throw new ConfigurationError(`${this.#path}.${name} must be true or false.`);
  }
}
