import { expect, it } from "vitest";
import { codeOf, TestRedshift } from "../test-redshift.ts";

const input = { ActionType: "resize-cluster", ClusterIdentifier: "sales" } as const;

it("lists what an elastic resize can make of a cluster", async () => {
  await using redshift = await TestRedshift.start();
  await redshift.create("sales", { NodeType: "dc2.large", ClusterType: "multi-node", NumberOfNodes: 4 });
  const found = async (Filters: object[] = []): Promise<unknown> => {
    const answer = await redshift.run("DescribeNodeConfigurationOptions", { ...input, Filters });
    const options = answer.NodeConfigurationOptionList ?? [];
    return options.map(({ NodeType, NumberOfNodes }) => `${NodeType} ${NumberOfNodes}`);
  };
  const own = { Name: "NodeType", Operator: "eq", Values: ["dc2.large"] };
  expect(await found([own])).toEqual(["2", "3", "5", "6", "7", "8"].map((nodes) => `dc2.large ${nodes}`));
  expect(await found([own, { Name: "NumberOfNodes", Operator: "gt", Values: ["6"] }])).toEqual([
    "dc2.large 7",
    "dc2.large 8",
  ]);
  const between = { Name: "NumberOfNodes", Operator: "between", Values: ["3", "5"] };
  expect(await found([own, between])).toEqual(["dc2.large 3", "dc2.large 5"]);
  expect((await redshift.describe()).ElasticResizeNumberOfNodeOptions).toBe("[2,3,5,6,7,8]");
});

it("there are none for a single node", async () => {
  await using redshift = await TestRedshift.start();
  await redshift.create();
  const { NodeConfigurationOptionList } = await redshift.run("DescribeNodeConfigurationOptions", input);
  expect(NodeConfigurationOptionList).toEqual([]);
});

it("other actions and missing clusters are refused", async () => {
  await using redshift = await TestRedshift.start();
  const code = (changes: object): Promise<string> =>
    codeOf(redshift.run("DescribeNodeConfigurationOptions", { ...input, ...changes }));
  expect(await code({})).toBe("ClusterNotFoundFault");
  expect(await code({ ClusterIdentifier: undefined })).toBe("MissingParameter");
  expect(await code({ ActionType: "restore-cluster" })).toBe("NotImplemented");
  await redshift.create();
  expect(await code({ MaxRecords: 99 })).toBe("InvalidParameterValue");
});
