import type { GetClassifiersRequest, GetClassifiersResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { classifierOf } from "../classifiers/classifier-document.ts";
import { limits } from "../limits.ts";
import { pageOfNames } from "../name-page.ts";
import type { GlueState } from "../state.ts";

export async function getClassifiers(
  state: GlueState,
  input: Input<GetClassifiersRequest>,
  call: Call,
): Promise<GetClassifiersResponse> {
  const all = state.classifiers.table.list(call);
  const { items, NextToken } = pageOfNames(all, ({ definition }) => definition.name, input, {
    tokens: state.tokens,
    call,
    defaultSize: limits.classifiersPerPage,
  });
  return { Classifiers: items.map(classifierOf), NextToken };
}
