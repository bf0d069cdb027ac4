// Which code of main lies in which file: its two halves, what is rarely called, and what few jobs load at all.

/** The halves, each by the module whose code it is and the names that start it; what neither reaches stays where it was. */
export const HALVES = [
  { entry: 'main.js', scope: 'index.js', starts: [] },
  { entry: 'action/fulfil.js', scope: 'fulfils.js', starts: ['fulfil'] },
];
export const RARELY = 'rarely.js';
/**
 * What both halves leave to a third file, which is read when it is first called: the names by their module, and with
 * them goes what nobody else uses. An ordinary job calls none (test/dist.test.ts).
 */
export const RARE = {
  scope: RARELY,
  names: {
    'core/errors.js': ['AppError', 'asAppError'],
    'core/ttl.js': ['formatTtl'],
    'core/address.js': ['isLoopbackHost'],
    'action/inputs/place.js': ['checkedAddress', 'placeName', 'readIdentity', 'readNamed', 'unusableToken'],
    'client/answer.js': ['notJson'],
    'action/inputs/scalars.js': ['problem', 'quoted'],
    'action/load.js': ['recommendAudience'],
    'action/network.js': ['loginOf', 'proxyAt'],
    'action/hand-over.js': ['overruling', 'run', 'writeFile'],
    'client/network.js': ['isExempt', 'decoded'],
    'client/exchange.js': ['failureKindOf', 'codeOf'],
    'client/http.js': ['isOfEngine', 'retryAfterSec'],
    'client/lazy.js': ['LazyClient'],
    'contract/doppler/actor.js': ['meRequest', 'readMe'],
    'contract/doppler/decode.js': ['offContract'],
    'contract/doppler/secrets.js': ['getSecretRequest', 'readSecret'],
    'core/lease-handle.js': ['newLeaseHandle'],
    'core/clock.js': ['iso'],
    'action/mask/hide.js': ['tell'],
    'action/naming.js': ['nameObjections'],
    'action/variable-limits.js': ['objectionTo'],
    'action/mask/pack.js': ['oddForms', 'ENCODERS'],
    'action/mask/parts.js': ['partsOf'],
    'action/static-read.js': ['oddDeliveryOf'],
    'action/summary.js': ['endNote'],
  },
};

/** What the halves load later goes through one bundle of its own, by the module's address. */
export const LATE = 'late.js';
