export { type BackendTestName, type DescribeBackendOptions, describeBackend } from "./describe-backend.ts";
export {
  type DescribeRecordStoreOptions,
  describeRecordStore,
  type RecordStoreTestName,
} from "./describe-record-store.ts";
