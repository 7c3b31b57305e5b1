/** https://docs.aws.amazon.com/managed-flink/latest/java/maintenance.html: when the windows of regions begin. */
const starts: Readonly<Record<string, string>> = {
  "us-gov-west-1": "06:00",
  "us-gov-east-1": "03:00",
  "us-east-1": "03:00",
  "us-east-2": "03:00",
  "us-west-1": "06:00",
  "us-west-2": "06:00",
  "ap-east-1": "13:00",
  "ap-south-1": "16:30",
  "ap-south-2": "16:30",
  "ap-northeast-1": "13:00",
  "ap-northeast-2": "13:00",
  "ap-southeast-1": "14:00",
  "ap-southeast-2": "12:00",
  "ap-southeast-3": "15:00",
  "ca-central-1": "03:00",
  "cn-north-1": "13:00",
  "cn-northwest-1": "13:00",
  "eu-central-1": "06:00",
  "eu-central-2": "20:00",
  "eu-west-1": "22:00",
  "eu-west-2": "22:00",
  "eu-north-1": "23:00",
};

export const defaultMaintenanceStart = (region: string): string => starts[region] ?? "06:00";
