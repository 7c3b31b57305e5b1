/** One service whose model is generated. */
export interface FactsService {
  /** Folder name of the service, and of its file in `gateway/facts/`. */
  readonly id: string;
  /** The npm package, without `@aws-sdk/`. */
  readonly client: string;
  /** Folder in botocore's `data/`, with the API version. */
  readonly botocore: string;
}

/** The release of botocore that the constraints are read from. */
export const botocoreVersion = "1.44.5";

export const factsServices: readonly FactsService[] = [
  { id: "batch", client: "client-batch", botocore: "batch/2016-08-10" },
  { id: "cloudwatch", client: "client-cloudwatch", botocore: "cloudwatch/2010-08-01" },
  { id: "data-pipeline", client: "client-data-pipeline", botocore: "datapipeline/2012-10-29" },
  { id: "dynamodb", client: "client-dynamodb", botocore: "dynamodb/2012-08-10" },
  { id: "emr", client: "client-emr", botocore: "emr/2009-03-31" },
  { id: "firehose", client: "client-firehose", botocore: "firehose/2015-08-04" },
  { id: "glue", client: "client-glue", botocore: "glue/2017-03-31" },
  { id: "iam", client: "client-iam", botocore: "iam/2010-05-08" },
  { id: "kafka", client: "client-kafka", botocore: "kafka/2018-11-14" },
  { id: "kinesis", client: "client-kinesis", botocore: "kinesis/2013-12-02" },
  {
    id: "kinesis-analytics-v2",
    client: "client-kinesis-analytics-v2",
    botocore: "kinesisanalyticsv2/2018-05-23",
  },
  { id: "kms", client: "client-kms", botocore: "kms/2014-11-01" },
  { id: "logs", client: "client-cloudwatch-logs", botocore: "logs/2014-03-28" },
  { id: "redshift", client: "client-redshift", botocore: "redshift/2012-12-01" },
  { id: "redshift-data", client: "client-redshift-data", botocore: "redshift-data/2019-12-20" },
  { id: "s3", client: "client-s3", botocore: "s3/2006-03-01" },
  { id: "sts", client: "client-sts", botocore: "sts/2011-06-15" },
];
