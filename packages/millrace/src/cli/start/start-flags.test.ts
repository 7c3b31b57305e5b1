import { expect, it } from "vitest";
import { CommandError } from "../command-error.ts";
import { splitStartFlags } from "./start-flags.ts";

it("takes its own flags out and leaves the settings", () => {
  expect(splitStartFlags(["--port", "0", "--json", "--config", "a.json", "--data=x", "--requests"])).toEqual({
    json: true,
    requests: true,
    config: "a.json",
    settings: ["--port", "0", "--data=x"],
  });
  expect(splitStartFlags(["--config=b.ts"]).config).toBe("b.ts");
  expect(() => splitStartFlags(["--config"])).toThrow(CommandError);
});
