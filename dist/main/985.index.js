export const id = 985;
export const ids = [985];
export const modules = {

 8985:
 ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


__webpack_require__.d(__webpack_exports__, {
  signIn: () => ( signIn)
});

var sensitive = __webpack_require__(1386);
var decode = __webpack_require__(6044);
var wire = __webpack_require__(6207);
;// CONCATENATED MODULE: ./build/contract/doppler/sign-in.js



function exchangeRequest(identity, token) {
    return sign_in_open('/auth/oidc', { identity, token: token.reveal() });
}
function readExchange(body) {
    return new sensitive.p((0,decode.Vm)((0,decode.Ik)(body, 'the body')['token'], 'token'));
}
function endTokenRequest(token) {
    return sign_in_open('/auth/revoke', { token: token.reveal() });
}
function sign_in_open(path, body) {
    return { ...(0,wire.VX)('POST', (0,wire.aC)(path, {}), body), authorized: false };
}

var errors = __webpack_require__(2807);
var client_http = __webpack_require__(5032);
var client_network = __webpack_require__(2800);
var problem = __webpack_require__(5482);
;// CONCATENATED MODULE: ./build/client/oidc.js






const MAX_ID_TOKEN = 8 * 1024;
class SignInRefused extends errors.uV {
    claims;
    constructor(error, claims) {
        super(error.code, error.message, {
            details: error.details,
            hint: 'Compare its claims with what the identity allows.',
        });
        this.claims = claims;
    }
}
async function signInByOidc(options) {
    const { apiUrl, identity, onToken } = options;
    const api = new client_http.lw({ ...options, baseUrl: apiUrl });
    let idToken;
    const build = async () => {
        idToken = await fetchIdToken(options);
        onToken(idToken);
        return exchangeRequest(identity, idToken);
    };
    const outcome = await api.exchange(await build(), (last) => ((0,client_http.bg)(last) ? build : undefined));
    try {
        const doing = `exchange the ID token of this job for identity ${identity}`;
        const answer = expect(outcome, { host: api.host, doing, tokenKind: 'ID token of this job', clock: options.clock });
        const token = readExchange((0,problem.Vh)(answer, api.host));
        onToken(token);
        return token;
    }
    catch (error) {
        if (!(error instanceof errors.uV) || !idToken || !isRefusal(outcome))
            throw error;
        throw new SignInRefused(error, claimsOf(idToken));
    }
}
async function endToken(options, token) {
    const http = new client_http.lw({ ...options, baseUrl: options.apiUrl });
    const asked = { host: http.host, doing: 'end the token of this job', tokenKind: 'token of this job' };
    expect(await http.safe(endTokenRequest(token)), { ...asked, clock: options.clock });
}
async function fetchIdToken(options) {
    const { service, audience, network = client_network.yc, clock } = options;
    const url = new URL(service.url);
    if (audience !== undefined)
        url.searchParams.set('audience', audience);
    const way = { ...network, client: undefined, allowInsecureHttp: false };
    const http = new client_http.lw({ ...options, baseUrl: url.origin, network: way });
    const authorization = new sensitive.p(`Bearer ${service.requestToken.reveal()}`);
    const request = { method: 'GET', target: url.pathname + url.search, headers: { authorization } };
    const asked = { host: http.host, doing: 'ask for an ID token', tokenKind: "runner's token for this job", clock };
    const answer = expect(await http.safe(request), asked);
    const body = (0,problem.Vh)(answer, http.host);
    const value = typeof body === 'object' && body !== null ? body['value'] : undefined;
    if (typeof value === 'string' && /^[\w-]+\.[\w-]+\.[\w-]+$/.test(value) && value.length <= MAX_ID_TOKEN) {
        return new sensitive.p(value);
    }
    throw new errors.uV('ERR_CONTRACT', `${http.host} gave no ID token.`, { hint: 'Try again.' });
}
function expect(outcome, { clock, ...asked }) {
    if ('failure' in outcome)
        throw (0,client_http.Xv)(outcome.failure, asked.host);
    if ((0,problem.HQ)(outcome.answer))
        return outcome.answer;
    const redact = (text) => text.replace(/\b(?:dp\.[a-z]+|ey[\w-]+)\.[\w.-]+/g, '[token]');
    throw (0,problem.$C)(outcome.answer, { ...asked, now: clock.now(), redact });
}
function isRefusal(outcome) {
    return 'answer' in outcome && [401, 403].includes(outcome.answer.status);
}
function claimsOf(idToken) {
    try {
        const part = idToken.reveal().split('.')[1] ?? '';
        const claims = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
        const texts = Object.entries(claims).filter(([, value]) => typeof value === 'string');
        return Object.fromEntries(texts);
    }
    catch {
        return {};
    }
}

;// CONCATENATED MODULE: ./build/action/identity.js



const POLICY_CLAIMS = [
    'iss',
    'aud',
    'sub',
    'repository',
    'repository_id',
    'repository_owner_id',
    'ref',
    'environment',
    'event_name',
    'job_workflow_ref',
    'workflow_ref',
    'runner_environment',
];
async function signIn({ runner, wire }, plan) {
    const { apiUrl, network, signal } = plan;
    const url = runner.variable('ACTIONS_ID_TOKEN_REQUEST_URL') ?? '';
    const requestToken = runner.variable('ACTIONS_ID_TOKEN_REQUEST_TOKEN') ?? '';
    if (!URL.canParse(url) || requestToken === '')
        throw noPermission();
    try {
        const token = await signInByOidc({
            ...wire,
            apiUrl,
            network,
            signal,
            budgetMs: plan.budgetMs,
            ...plan.identity,
            service: { url, requestToken: new sensitive.p(requestToken) },
            onToken: (one) => runner.mask([one.reveal()]),
        });
        const end = async (budgetMs) => {
            const ending = endToken({ ...wire, apiUrl, network, budgetMs }, token);
            return ending.then(() => '', (error) => `The token of this job could not be ended. ${(0,errors.et)(error).line}`);
        };
        return { token, end };
    }
    catch (error) {
        if (error instanceof SignInRefused)
            showClaims(runner, error.claims);
        throw error;
    }
}
function showClaims(runner, claims) {
    const shown = POLICY_CLAIMS.filter((name) => claims[name] !== undefined);
    if (shown.length === 0)
        return;
    runner.info('The ID token of this job says the following; an identity that is to let it in must allow it:');
    for (const name of shown)
        runner.info(`  ${name}: ${claims[name]}`);
}
function noPermission() {
    return new errors.uV('ERR_CONFIG_INVALID', 'This job may not ask for an ID token, so it cannot sign in by identity.', {
        hint: 'Give it the permission id-token: write; runs for pull requests from forks never have it.',
    });
}


 })

};
