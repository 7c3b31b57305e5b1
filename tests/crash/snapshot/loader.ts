import { loadSnapshot } from "../../../packages/millrace/src/server/snapshot/index.ts";
import { StateSwap } from "../../../packages/millrace/src/server/snapshot/swap.ts";

/** `loader.ts load|recover DIRECTORY FILE STEP` kills itself before a step; else prints how many there were. */
const [task = "", directory = "", file = "", text = "0"] = process.argv.slice(2);
const last = Number(text);
let steps = 0;
const onStep = (): void => {
  steps++;
  if (steps === last) process.kill(process.pid, "SIGKILL");
};
if (task === "load") await loadSnapshot(directory, file, { onStep });
else new StateSwap(directory, onStep).takeBack();
process.stdout.write(`${steps}\n`);
