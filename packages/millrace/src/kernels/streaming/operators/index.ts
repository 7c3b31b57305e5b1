export { Calc } from "./calc.ts";
export { GroupAggregate } from "./group-aggregate.ts";
export { Union } from "./union.ts";
export { Values } from "./values.ts";
export { WatermarkAssigner } from "./watermark-assigner.ts";
export { createWindowAggregate } from "./window-aggregate.ts";
export { WindowAssign } from "./window-assign.ts";
