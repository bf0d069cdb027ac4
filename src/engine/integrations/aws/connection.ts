// How an aws integration reaches AWS: region, credential and endpoints, checked when declared and read when used.
import { sensitive, type Sensitive } from '#core/sensitive.js';
import { classifyAddress } from '../../address.ts';
import { Checker } from '../checker.ts';
import type { Checked, Declared } from '../integration.ts';

export type Endpoints = { readonly sts: string; readonly iam: string };

export type AwsConnection = {
  region: string;
  endpoints: Endpoints;
  accessKeyId: string;
  secretAccessKey: Sensitive;
  sessionToken: Sensitive | undefined;
  /** The role that these keys assume first, when the integration works as one. */
  role: { arn: string; externalId: string | undefined } | undefined;
};

export const ROLE_ARN = /^arn:aws[a-z-]{0,20}:iam::\d{12}:role\/[\x21-\x7e]{1,576}$/;
/** STS API, AssumeRole. */
export const EXTERNAL_ID = /^[\w+=,.@:/-]{2,1224}$/;
const REGION = /^[a-z]{2,4}(-[a-z]{2,12}){1,3}-\d{1,2}$/;
/** Session names of the integration's own role; not a lease's. */
export const ENGINE_SESSION = 'secrets-action';

/** IAM has one endpoint per partition, and is signed for one region of it (AWS General Reference, IAM endpoints). */
const PARTITIONS: readonly (readonly [prefix: string, { suffix: string; iam: string; iamRegion: string }])[] = [
  ['cn-', { suffix: 'amazonaws.com.cn', iam: 'iam.cn-north-1.amazonaws.com.cn', iamRegion: 'cn-north-1' }],
  ['us-gov-', { suffix: 'amazonaws.com', iam: 'iam.us-gov.amazonaws.com', iamRegion: 'us-gov-west-1' }],
  ['', { suffix: 'amazonaws.com', iam: 'iam.amazonaws.com', iamRegion: 'us-east-1' }],
];

/** `{region, access_key_id, secret_access_key, session_token?, role_arn?, external_id?, endpoints?: {sts?, iam?}}` */
export function checkData(data: unknown): Checked {
  const check = new Checker(data, 'data');
  check.text('region', { required: true, pattern: REGION, says: 'must be a region such as eu-central-1' });
  check.text('access_key_id', { required: true, pattern: /^[A-Z0-9]{16,128}$/, says: 'must be an access key id' });
  check.text('secret_access_key', { required: true });
  check.text('session_token', { maxLength: 4096 });
  check.text('role_arn', { maxLength: 600, pattern: ROLE_ARN, says: 'must be the ARN of a role' });
  check.text('external_id', {
    maxLength: 1224,
    pattern: EXTERNAL_ID,
    says: 'must be 2 to 1224 letters, digits or +=,.@:/-',
  });
  check.parsed('endpoints', readEndpoints, 'must hold https addresses under sts and iam');
  return check.result();
}

function readEndpoints(value: unknown): Partial<Endpoints> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const entries = Object.entries(value);
  const legal = entries.every(([name, url]) => (name === 'sts' || name === 'iam') && isEndpoint(url));
  return legal ? Object.fromEntries(entries) : undefined;
}

/** In clear on loopback only. */
function isEndpoint(text: unknown): text is string {
  if (typeof text !== 'string' || text.length > 255 || !URL.canParse(text)) return false;
  const { protocol, hostname, pathname, search, hash, username, password } = new URL(text);
  const bare = pathname === '/' && `${search}${hash}${username}${password}` === '';
  const host = hostname.replace(/^\[|\]$/g, '');
  const local = host === 'localhost' || classifyAddress(host) === 'loopback';
  return bare && (protocol === 'https:' || (protocol === 'http:' && local));
}

/** From data that `checkData` passed. Endpoints are always stated, so that no environment variable can name others. */
export function readConnection(data: Declared): AwsConnection {
  const region = String(data['region']);
  const { suffix, iam } = partitionOf(region);
  const given = (data['endpoints'] ?? {}) as Partial<Endpoints>;
  const text = (field: string) => (typeof data[field] === 'string' ? data[field] : undefined);
  const sessionToken = text('session_token');
  const role = text('role_arn');
  return {
    region,
    endpoints: { sts: given.sts ?? `https://sts.${region}.${suffix}`, iam: given.iam ?? `https://${iam}` },
    accessKeyId: String(data['access_key_id']),
    secretAccessKey: sensitive(String(data['secret_access_key'])),
    sessionToken: sessionToken === undefined ? undefined : sensitive(sessionToken),
    role: role === undefined ? undefined : { arn: role, externalId: text('external_id') },
  };
}

/** What the region's partition signs IAM requests for. */
export function signingRegion(service: 'sts' | 'iam', region: string): string {
  return service === 'iam' ? partitionOf(region).iamRegion : region;
}

/** Whether AssumeRole from here is role chaining, which AWS holds to one hour (leases.md A6). */
export function isChained(data: Declared): boolean {
  return typeof data['role_arn'] === 'string' || typeof data['session_token'] === 'string';
}

function partitionOf(region: string) {
  const found = PARTITIONS.find(([prefix]) => region.startsWith(prefix));
  if (!found) throw new Error('the last prefix is empty');
  return found[1];
}
