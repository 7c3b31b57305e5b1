import { readFileSync } from "node:fs";
import { assert } from "../../core/assert.ts";
import type { ModelFile, ServiceFacts } from "./model-file.ts";
import { FileServiceModel, type ServiceModel } from "./service-model.ts";

const factsFolder = new URL("../facts/", import.meta.url);

/**
 * The models that Millrace ships. The index of all services is read at once, because routing needs it;
 * each model when it is first asked for. One library a gateway.
 */
export class ModelLibrary {
  readonly #folder: URL;
  readonly #models = new Map<string, ServiceModel>();
  /** What the models say about their services, by service id. */
  readonly services: ReadonlyMap<string, ServiceFacts>;

  constructor(folder: URL = factsFolder) {
    this.#folder = folder;
    const index = this.#read("index") as Readonly<Record<string, ServiceFacts>>;
    this.services = new Map(Object.entries(index));
  }

  model(serviceId: string): ServiceModel {
    const known = this.#models.get(serviceId);
    if (known !== undefined) return known;
    assert(this.services.has(serviceId), `there is no model of ${serviceId}`);
    const model = new FileServiceModel(this.#read(serviceId) as ModelFile);
    this.#models.set(serviceId, model);
    return model;
  }

  #read(name: string): unknown {
    return JSON.parse(readFileSync(new URL(`${name}.json`, this.#folder), "utf8"));
  }
}
