// Whom TLS believes when a private CA is given, and the certificate that we show, as one secure context.
import { X509Certificate } from 'node:crypto';
import * as tls from 'node:tls';
import { AppError } from '#core/errors.js';
import type { Network } from './network.ts';

/**
 * A context for every connection of this network. Not the PEM texts themselves: an agent names its connections after
 * them, key included, and NODE_DEBUG prints the names.
 * @throws Error of OpenSSL when a text is no certificate, or the key is not the certificate's
 */
export function secureContextOf({ ca, client }: Pick<Network, 'ca' | 'client'>): tls.SecureContext {
  return tls.createSecureContext({
    // A `ca` replaces what Node believes, so the usual ones go with it.
    ...(ca === undefined ? {} : { ca: [...usualCertificates(), ca] }),
    ...(client === undefined ? {} : { cert: client.certificate, key: client.key.reveal() }),
  });
}

/** With NODE_EXTRA_CA_CERTS, where Node tells: from 22.15 on, whatever its types say. */
function usualCertificates(): readonly string[] {
  const tell = (tls as Partial<typeof tls>).getCACertificates;
  return tell ? tell('default') : tls.rootCertificates;
}

/**
 * Tries the certificates before anything is sent with them.
 * @throws AppError ERR_CONFIG_INVALID when one cannot be used
 */
export function checkTrust({ ca, client }: Pick<Network, 'ca' | 'client'>): void {
  // A context takes a CA that is no PEM without a word.
  const isCa = ca === undefined || succeeds(() => new X509Certificate(ca));
  if (!isCa) throw unusable('ca-certificate is not a certificate.', 'Give the PEM text of the CA.');
  if (succeeds(() => secureContextOf({ ca, client }))) return;
  const hint = 'Give the PEM texts of a certificate and of the key that belongs to it, without a passphrase.';
  throw unusable('client-certificate and client-key cannot be used together.', hint);
}

function succeeds(work: () => unknown): boolean {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}

function unusable(text: string, hint: string): AppError {
  return new AppError('ERR_CONFIG_INVALID', text, { hint });
}
