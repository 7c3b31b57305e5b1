import { systemClock } from "../core/clock.ts";
import { JqProgram } from "../kernels/delivery/processors/jq/jq-program.ts";
import { readDocuments } from "../kernels/warehouse/copy/formats/avro-documents.ts";
import { jsonText } from "../sql/redshift/functions/scripts/json-value.ts";

export { userRecords } from "../formats/kpl/aggregated-record.ts";
export {
  JqCompileError,
  type JqProgram,
} from "../kernels/delivery/processors/jq/jq-program.ts";

/** What tools that show records need of the kernels: the command line may import no kernel itself. */
export function jqProgram(program: string): JqProgram {
  return new JqProgram(program, systemClock);
}

/** The rows of an Avro object container file, each as JSON. Rejects with the reason where it is damaged. */
export async function avroTexts(file: Uint8Array): Promise<readonly string[]> {
  const texts: string[] = [];
  const sink = {
    fields() {},
    failed() {},
    document: (_: unknown, value: Parameters<typeof jsonText>[0]) => void texts.push(jsonText(value)),
  };
  const once = (async function* () {
    yield file;
  })();
  await readDocuments(once, sink, async () => {});
  return texts;
}
