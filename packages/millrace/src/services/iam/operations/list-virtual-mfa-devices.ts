import type { ListVirtualMFADevicesResponse } from "@aws-sdk/client-iam";

export function listVirtualMFADevices(): ListVirtualMFADevicesResponse {
  return { VirtualMFADevices: [], IsTruncated: false };
}
