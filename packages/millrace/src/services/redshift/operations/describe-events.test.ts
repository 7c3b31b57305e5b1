import { expect, it } from "vitest";
import { codeOf, TestRedshift } from "../test-redshift.ts";

const minuteMs = 60_000;

it("the last hour's events, or those asked for", async () => {
  await using redshift = await TestRedshift.start();
  const { clock } = redshift;
  await redshift.create("one");
  const early = new Date(clock.now());
  clock.advance(90 * minuteMs);
  await redshift.create("two");
  const sources = async (input: object): Promise<unknown> => {
    const { Events } = await redshift.run("DescribeEvents", input);
    return Events?.map(({ SourceIdentifier }) => SourceIdentifier);
  };
  expect(await sources({})).toEqual(["two"]);
  expect(await sources({ Duration: 120 })).toEqual(["one", "two"]);
  expect(await sources({ StartTime: early, Duration: 1 })).toEqual(["one"]);
  expect(await sources({ EndTime: early })).toEqual(["one"]);
  expect(await sources({ Duration: 120, SourceType: "cluster", SourceIdentifier: "ONE" })).toEqual(["one"]);
  expect(await sources({ Duration: 120, SourceType: "cluster-security-group" })).toEqual([]);
  await redshift.crash();
  const { Events } = await redshift.run("DescribeEvents", {});
  expect(Events).toEqual([
    {
      SourceIdentifier: "two",
      SourceType: "cluster",
      Message: "Cluster two has been created and is ready for use.",
      EventCategories: ["management"],
      Severity: "INFO",
      Date: new Date(clock.now()),
      EventId: "REDSHIFT-EVENT-2000",
    },
  ]);
});

it("impossible questions are refused", async () => {
  await using redshift = await TestRedshift.start();
  const code = (input: object): Promise<string> => codeOf(redshift.run("DescribeEvents", input));
  expect(await code({ SourceIdentifier: "one" })).toBe("InvalidParameterCombination");
  expect(await code({ Duration: 0 })).toBe("InvalidParameterValue");
  expect(await code({ Duration: 20_161 })).toBe("InvalidParameterValue");
  const turned = { StartTime: new Date(2), EndTime: new Date(1) };
  expect(await code(turned)).toBe("InvalidParameterCombination");
});
