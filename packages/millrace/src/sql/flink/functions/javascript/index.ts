export { type JavaScriptFunction, parseJavaScriptFunction } from "./function-definition.ts";
export { javaScriptFunction } from "./javascript-function.ts";
export { openJavaScriptFunctions } from "./open-functions.ts";
