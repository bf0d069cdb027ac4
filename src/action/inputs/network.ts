// How the API is reached: proxy, extra authorities, a client certificate, and whether plain http may leave this machine.
import { Sensitive } from '#core/sensitive.js';
import { flag, problem } from './scalars.ts';
import type { Attempt, Given } from './table.ts';

export type Network = {
  /** `http://` or `https://`, perhaps with a user and a password, which is why it is boxed. */
  readonly proxy: Sensitive | undefined;
  /** PEM; believed beside the authorities that Node believes anyway. */
  readonly caCertificate: string | undefined;
  /** PEM of the certificate (chain) and its key: both or neither. */
  readonly client: { readonly certificate: string; readonly key: Sensitive } | undefined;
  readonly allowInsecureHttp: boolean;
};

/** Reads the subject `network`. */
export function readNetwork(given: Given, attempt: Attempt): Network {
  return {
    proxy: attempt(() => readProxy(given('proxy')), undefined),
    caCertificate: attempt(() => readPem('ca-certificate', given('ca-certificate'), 'CERTIFICATE'), undefined),
    client: attempt(() => readClient(given), undefined),
    allowInsecureHttp: attempt(() => flag('allow-insecure-http', given('allow-insecure-http')), false),
  };
}

function readProxy(text: string): Sensitive | undefined {
  if (text === '') return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.hostname === '') {
    throw problem('proxy is not an address: write it like http://proxy.example.com:3128.');
  }
  return new Sensitive(text);
}

function readClient(given: Given): Network['client'] {
  const certificate = readPem('client-certificate', given('client-certificate'), 'CERTIFICATE');
  const key = readPem('client-key', given('client-key'), 'PRIVATE KEY');
  if ((certificate === undefined) !== (key === undefined)) {
    throw problem('client-certificate and client-key go together: give both or neither.');
  }
  return certificate === undefined || key === undefined ? undefined : { certificate, key: new Sensitive(key) };
}

function readPem(
  input: 'ca-certificate' | 'client-certificate' | 'client-key',
  text: string,
  label: string,
): string | undefined {
  if (text === '') return undefined;
  const begins = new RegExp(`^-----BEGIN (?:[A-Z]+ )*${label}-----$`, 'm').test(text);
  if (!begins || text.length > 1_000_000) throw problem(`${input} is not the text of a PEM file (BEGIN ${label}).`);
  return text;
}
