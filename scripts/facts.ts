/**
 * Writes `packages/millrace/src/gateway/facts/*.json`: the service models that Millrace ships instead of the
 * SDK clients. Shapes come from the installed clients, constraints from a pinned botocore (needs python3
 * with pip and the network). Run it as `npm run facts` after updating an `@aws-sdk/client-*` package.
 */
import { writeFileSync } from "node:fs";
import { BotocoreRelease } from "./facts/botocore.ts";
import { withConstraints } from "./facts/constraints.ts";
import { printIndex, printModel } from "./facts/print.ts";
import { sdkModel } from "./facts/sdk-model.ts";
import { factsServices } from "./facts/services.ts";

const folder = new URL("../packages/millrace/src/gateway/facts/", import.meta.url);
const botocore = new BotocoreRelease();
try {
  const models = factsServices.map((service) => withConstraints(sdkModel(service), botocore.model(service)));
  for (const model of models) {
    const text = printModel(model);
    writeFileSync(new URL(`${model.service.id}.json`, folder), text);
    console.log(`${model.service.id}: ${Math.round(text.length / 1024)} KiB`);
  }
  writeFileSync(new URL("index.json", folder), printIndex(models.map((model) => model.service)));
} finally {
  botocore.dispose();
}
