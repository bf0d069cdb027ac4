// Addresses of this very machine: the only ones that may be spoken to without TLS.

/** Whether the host name of a URL (IPv6 in brackets) is loopback by its spelling; nothing is resolved. */
export function isLoopbackHost(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}
