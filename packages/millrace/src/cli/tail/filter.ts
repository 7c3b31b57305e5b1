import { JqCompileError, type JqProgram, jqProgram } from "../../server/record-tools.ts";
import { usageError } from "../command-error.ts";

/** What a filter makes of one record: nothing to show, the record as it is, or values in its place. */
export type Filtered = "drop" | "keep" | { readonly values: readonly string[] } | { readonly error: string };

/**
 * A jq expression over the data of records. `true` keeps a record, `false`, `null` and nothing drop it; any other values are
 * shown in its place. Data that is no JSON is a text for it.
 */
export class RecordFilter {
  readonly #program: JqProgram;

  private constructor(program: JqProgram) {
    this.#program = program;
  }

  /** @throws CommandError with jq's message when the expression does not compile */
  static async compile(expression: string): Promise<RecordFilter> {
    const alone = jqProgram(expression);
    try {
      await alone.check();
    } catch (error) {
      if (!(error instanceof JqCompileError)) throw error;
      throw usageError(
        `--filter is no jq expression: ${error.message.replace(/\s+/g, " ")}. Try '.delay > 60'.`,
      );
    } finally {
      await alone.close();
    }
    // All values as one: a line break ends a comment of the expression.
    return new RecordFilter(jqProgram(`[${expression}\n]`));
  }

  /** One result a document. Documents are JSON without line breaks. */
  async run(documents: readonly string[]): Promise<readonly Filtered[]> {
    const results = await this.#program.run(documents);
    return results.map((result) => ("error" in result ? result : filteredOf(result.values[0])));
  }

  async close(): Promise<void> {
    await this.#program.close();
  }
}

function filteredOf(outputs: unknown): Filtered {
  if (!Array.isArray(outputs)) return "drop";
  const values: string[] = [];
  for (const value of outputs as readonly unknown[]) {
    if (value === true) return "keep";
    if (value !== false && value !== null) values.push(JSON.stringify(value));
  }
  return values.length === 0 ? "drop" : { values };
}
