import type { Command } from "commander";
import type { CommandIo } from "../command-io.ts";
import { addConnectionFlags } from "../connection/flags.ts";

/** `millrace sql` */
export function addSql(program: Command, io: CommandIo): void {
  const command = program
    .command("sql")
    .description(
      "A shell on the Redshift warehouse. With a statement, -c, -f or piped input it runs that, prints the results and ends; the first statement that fails ends it with exit code 1.",
    )
    .argument("[statement]", "SQL to run instead of a shell; several statements are separated by semicolons")
    .option("-c, --command <statement>", "the same, as psql has it")
    .option("-f, --file <path>", "run the statements of a file; - is standard input")
    .option("--csv", "results as CSV with a line of names")
    .option("--json", "results as a JSON object a line")
    .option("--expanded", "a block of lines a row")
    .option("--cluster <id>", "the cluster; the first one that is available when not given")
    .option("-d, --database <name>", "the cluster's database when not given")
    .option("-U, --user <name>", "the cluster's admin user when not given")
    .option(
      "--password <password>",
      "or PGPASSWORD; without one, temporary credentials are asked for with your AWS keys",
    );
  addConnectionFlags(command).action(async (statement, flags) => {
    const { sql } = await import("./sql.ts");
    await sql(statement, flags, io);
  });
}
