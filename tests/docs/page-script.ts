import type { Block } from "./page-blocks.ts";

const marker = "@@ block at line";

/** What a page left running in the background ends with it; the script has a process group of its own. */
const endsAll = `trap 'code=$?; trap "" TERM; kill -TERM 0; wait; exit $code' EXIT`;

/** What a page does, as one script of bash: what one block exports, the next ones have. */
export function scriptOf(blocks: readonly Block[]): string {
  const parts = blocks.map((block) => `echo "${marker} ${block.line}"\n${commandsOf(block)}`);
  return `${endsAll}\nset -eu -o pipefail\n${parts.join("\n")}\necho "${marker} 0"\n`;
}

/** What each block printed, by its line. */
export function printedByLine(output: string): ReadonlyMap<number, string> {
  const printed = new Map<number, string>();
  for (const part of output.split(`${marker} `).slice(1)) {
    const end = part.indexOf("\n");
    printed.set(Number(part.slice(0, end)), part.slice(end + 1));
  }
  return printed;
}

function commandsOf(block: Block): string {
  const { line, text } = block;
  switch (block.kind) {
    case "sh":
      return text;
    case "sql":
      return `psql -X -v ON_ERROR_STOP=1 -h 127.0.0.1 -p 5439 -U awsuser dev ${here(text)}`;
    case "flink":
      return `cat > "page-${line}.sql" ${here(text)}\n${flinkApplication(line)}`;
    case "program":
      return block.language === "ts"
        ? `cat > "page-${line}.ts" ${here(text)}\nnode "page-${line}.ts"`
        : `cat > "page-${line}.py" ${here(text)}\npython3 "page-${line}.py"`;
    case "file":
      return `mkdir -p "$(dirname "${block.name}")"\ncat > "${block.name}" ${here(text)}`;
    case "left":
      return ":";
  }
}

function here(text: string): string {
  return `<<'END-OF-BLOCK'\n${text}END-OF-BLOCK`;
}

/** Starting it checks the whole program: what is wrong fails there. */
function flinkApplication(line: number): string {
  const name = `page-${line}`;
  return [
    `aws kinesisanalyticsv2 create-application --application-name ${name} --runtime-environment FLINK-1_20 \\`,
    "  --service-execution-role arn:aws:iam::000000000000:role/any --application-configuration \\",
    `  "$(jq -n --rawfile sql ${name}.sql '{ApplicationCodeConfiguration: {CodeContentType: "PLAINTEXT", CodeContent: {TextContent: $sql}}}')"`,
    `aws kinesisanalyticsv2 start-application --application-name ${name}`,
    `npx millrace wait --for application/${name}=RUNNING`,
  ].join("\n");
}
