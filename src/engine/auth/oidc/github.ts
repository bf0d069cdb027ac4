// What is special about tokens of GitHub Actions: their issuers, the two forms of `sub`, and events that strangers cause.

/**
 * Run with the base repository's identity on what a stranger sent: a fork's pull request, a comment, or a workflow run
 * that either of them started. Refused unless the identity names `event_name` (design.md §5).
 */
const STRANGERS_EVENTS = new Set(['pull_request_target', 'workflow_run', 'issue_comment']);

const NAME = String.raw`[A-Za-z0-9_.-]+`;
/** `repo:OWNER/REPO`, and `repo:OWNER@ID/REPO@ID` of repositories made or renamed since 2026-07-15 (runner.md §5). */
const REPOSITORY = new RegExp(String.raw`^repo:(?:${NAME}/${NAME}|${NAME}@\d+/${NAME}@\d+)(?::|$)`);
const IDS = new RegExp(String.raw`^(repo:${NAME})@\d+(/${NAME})@\d+(?=:|$)`);

/**
 * Whether GitHub Actions signs under this issuer: github.com (also under an enterprise's own path), GitHub Enterprise
 * Cloud with data residency, or GitHub Enterprise Server.
 */
export function isGithubIssuer(issuer: string): boolean {
  const { hostname, pathname } = new URL(issuer);
  if (hostname === 'token.actions.githubusercontent.com') return true;
  if (/^token\.actions\.[a-z0-9-]+\.ghe\.com$/.test(hostname)) return true;
  return /\/_services\/token\/?$/.test(pathname);
}

/** Whether a run of this event may have been caused by somebody without rights to the repository. */
export function isStrangersEvent(event: string): boolean {
  return STRANGERS_EVENTS.has(event);
}

/** Whether a `sub` with a wildcard names one repository, in either form. */
export function namesOneRepository(pattern: string): boolean {
  return REPOSITORY.test(pattern);
}

/** `sub` without the ids of the immutable form; to tell a wrong form from a wrong repository, never to accept one. */
export function withoutIds(subject: string): string {
  return subject.replace(IDS, '$1$2');
}
