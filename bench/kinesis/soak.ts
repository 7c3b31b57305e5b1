import { millrace, startServer } from "../server.ts";
import { runLoad } from "./load.ts";

/** Runs JSON puts and drains for a time and prints the memory of the server as it goes. */
export async function soak(seconds: number, port: number): Promise<void> {
  const server = await startServer(millrace, port);
  console.log(`idle: ${server.rssMb().toFixed(0)} MB`);
  const sliceSeconds = 30;
  for (let elapsed = 0; elapsed < seconds; elapsed += sliceSeconds) {
    const args = ["--op", "mixed", "--connections", "8", "--batch", "100", "--rate", "200", "--keep"];
    const result = await runLoad(server, [...args, "--seconds", `${sliceSeconds}`, "--warmup", "0"]);
    console.log(
      `${elapsed + sliceSeconds} s: ${result.recordsPerSec} records/s in, RSS ${server.rssMb().toFixed(0)} MB, errors ${result.errors}`,
    );
  }
  await server.stop();
}
