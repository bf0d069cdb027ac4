// Whose an AWS credential is, asked of STS with that credential: GetCallerIdentity, which needs no permission.
import { AppError } from '#core/errors.js';
import { Http, type HttpOptions } from './http.ts';
import { mayCarryTokens, DIRECT } from './network.ts';
import { failureError, isOk } from './problem.ts';
import { type AwsCredentials, signedHeaders } from './sigv4.ts';

export type StsOptions = Omit<HttpOptions, 'baseUrl'> & {
  readonly region: string;
  /** In place of AWS's own address of that region. */
  readonly endpoint: string | undefined;
};

/** `unknown`: STS does not know the credential, or not yet everywhere. */
export type CallerIdentity = { readonly account: string } | 'unknown';

const BODY = 'Action=GetCallerIdentity&Version=2011-06-15';

/** @throws AppError when STS cannot be asked, or answers anything but an identity or a refusal of the credential */
export async function getCallerIdentity(options: StsOptions, credentials: AwsCredentials): Promise<CallerIdentity> {
  const { region, clock } = options;
  const address = options.endpoint ?? stsAddress(region);
  if (!URL.canParse(address) || !mayCarryTokens(new URL(address), DIRECT)) {
    throw new AppError('ERR_CONFIG_INVALID', 'AWS_ENDPOINT_URL_STS is not an https address: correct it, or unset it.');
  }
  const url = new URL(address);
  const http = new Http({ ...options, baseUrl: url.origin });
  const plain = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
  const asked = { method: 'POST', url, headers: plain, body: BODY, region, service: 'sts', now: clock.now() };
  const headers = signedHeaders(asked, credentials);
  const outcome = await http.safe({ method: 'POST', target: url.pathname + url.search, headers, body: BODY });
  if ('failure' in outcome) throw failureError(outcome.failure, http.host);
  const { answer } = outcome;
  if (answer.status === 403) return 'unknown';
  const account = isOk(answer) ? /<Account>(\d{12})<\/Account>/.exec(answer.text)?.[1] : undefined;
  if (account !== undefined) return { account };
  throw new AppError('ERR_CONTRACT', `${http.host} did not say whose the credential is (${answer.status}).`, {
    hint: 'Check the region of the lease, and AWS_ENDPOINT_URL_STS if it is set.',
  });
}

/** AWS's own address; China is a partition with a domain of its own. */
function stsAddress(region: string): string {
  return `https://sts.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}/`;
}
