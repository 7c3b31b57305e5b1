import { CommandError } from "../command-error.ts";
import { failureText } from "../sql/failure-text.ts";
import { runQuery, type SqlFailure } from "../sql/query.ts";
import { StatementSplitter } from "../sql/statement-splitter.ts";
import { connectWarehouse, findWarehouse } from "../sql/warehouse-client.ts";
import type { SeedParts } from "./seed-parts.ts";

/** Runs the statements of a text on a cluster of the warehouse. @throws CommandError at the first that fails */
export async function runSql(
  text: string,
  cluster: string | undefined,
  { aws, say }: SeedParts,
): Promise<void> {
  const splitter = new StatementSplitter();
  const statements = [...splitter.add(text)];
  const last = splitter.end();
  if (last !== undefined) statements.push(last);
  if (statements.length === 0) return;
  const address = await findWarehouse(aws, { cluster });
  const client = await connectWarehouse(address);
  try {
    for (const [index, statement] of statements.entries())
      await runQuery(client, statement, { columns() {}, row: () => true, async drained() {} }).catch(
        (error: SqlFailure) => {
          throw new CommandError(
            `Statement ${index + 1} failed.\n${failureText(error, statement)}`,
            undefined,
            {
              cause: error,
            },
          );
        },
      );
    say(
      `cluster ${address.cluster}`,
      `${statements.length} ${statements.length === 1 ? "statement" : "statements"} run`,
    );
  } finally {
    await client.end();
  }
}
