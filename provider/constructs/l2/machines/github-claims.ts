// The claims of GitHub's OIDC tokens by which a repository, an event and a way in are recognised.

/** The one way in by which a job is trusted (docs.github.com, "OpenID Connect reference"). */
export class GitHubTrust {
  /** Jobs of an environment, whose protection rules GitHub has applied before it gives the token. */
  static environment(name: string): GitHubTrust {
    // A colon in a subject is escaped there, so that no name can pretend to be another part.
    const subject = `environment:${name.replaceAll(':', '%3A')}`;
    return new GitHubTrust({ environment: [name] }, [subject], name);
  }

  /** Jobs on a branch or tag that is protected, such as `refs/heads/main`. */
  static protectedRef(ref: string): GitHubTrust {
    return new GitHubTrust({ ref: [ref], ref_protected: ['true'] }, [`ref:${ref}`], undefined);
  }

  /**
   * Jobs of one reusable workflow, such as `org/shared/.github/workflows/deploy.yml@refs/heads/main`, called from any
   * branch or tag without a slash in its name, or from any environment.
   */
  static jobWorkflowRef(ref: string): GitHubTrust {
    const subjects = ['ref:refs/heads/*', 'ref:refs/tags/*', 'environment:*'];
    return new GitHubTrust({ job_workflow_ref: [ref] }, subjects, undefined);
  }

  readonly claims: Readonly<Record<string, readonly string[]>>;
  /** What follows the repository in the subject. */
  readonly subjects: readonly string[];
  readonly environmentName: string | undefined;

  private constructor(
    claims: Readonly<Record<string, readonly string[]>>,
    subjects: readonly string[],
    environmentName: string | undefined,
  ) {
    this.claims = claims;
    this.subjects = subjects;
    this.environmentName = environmentName;
  }
}

export interface GitHubIdentityProps {
  /** As `owner/name`. */
  readonly repository: string;
  /** The number of the repository, which stays when it is renamed: `gh api repos/OWNER/NAME --jq .id`. */
  readonly repositoryId: string;
  /** The number of its owner: `gh api repos/OWNER/NAME --jq .owner.id`. */
  readonly repositoryOwnerId: string;
  /** The address of the engine without a path: what the action asks its token for. */
  readonly audience: string;
  readonly trust: GitHubTrust;
  /** That of a GitHub Enterprise server, as `https://HOST/_services/token`. @default that of github.com */
  readonly issuer?: string;
  /** @default push and workflow_dispatch */
  readonly events?: readonly string[];
}

const USUAL_EVENTS = ['push', 'workflow_dispatch'];
/** They run with the rights of the repository on what strangers wrote. */
const STRANGERS = new Set(['pull_request_target', 'workflow_run', 'issue_comment']);
const REPOSITORY = /^[A-Za-z0-9-]{1,39}\/[A-Za-z0-9_.-]{1,100}$/;
const NUMBER = /^[1-9][0-9]{0,15}$/;

/** Both forms of the subject: the one with names, and the one with names and ids that new repositories have. */
export function gitHubClaims(props: GitHubIdentityProps) {
  const { repository, repositoryId, repositoryOwnerId, audience, trust, events = USUAL_EVENTS } = props;
  const [owner = '', name = ''] = repository.split('/');
  const prefixes = [`repo:${repository}`, `repo:${owner}@${repositoryOwnerId}/${name}@${repositoryId}`];
  const sub = prefixes.flatMap((prefix) => trust.subjects.map((subject) => `${prefix}:${subject}`));
  return {
    claims: {
      aud: [audience],
      sub,
      repository_id: [repositoryId],
      repository_owner_id: [repositoryOwnerId],
      event_name: events,
      ...trust.claims,
    },
    wildcards: trust.subjects.some((subject) => subject.includes('*')),
  };
}

/** What would let in more, or other, jobs than it says. */
export function gitHubProblems(props: GitHubIdentityProps): readonly string[] {
  const { repository, repositoryId, repositoryOwnerId, audience, trust, events = USUAL_EVENTS } = props;
  const found: [boolean, string][] = [
    [!REPOSITORY.test(repository), 'The repository has the form owner/name.'],
    [!NUMBER.test(repositoryId) || !NUMBER.test(repositoryOwnerId), 'The ids of repository and owner are numbers.'],
    [
      !/^https?:\/\/[^\s/*?#@]+$/.test(audience),
      'The audience is the address of the engine without path and wildcard.',
    ],
    [events.length === 0, 'It names no event.'],
    [events.some((event) => !/^[a-z_]+$/.test(event)), 'An event is called as in a workflow.'],
    [events.some((event) => STRANGERS.has(event)), 'One of its events runs on what strangers wrote.'],
    [
      Object.values(trust.claims)
        .flat()
        .some((claim) => !isPlain(claim)),
      'What is trusted is one line without a *.',
    ],
    [
      trust.claims['ref'] !== undefined && !/^refs\/(heads|tags)\/./.test(trust.claims['ref'][0] ?? ''),
      'A ref begins with refs/heads/ or refs/tags/.',
    ],
    [
      trust.claims['job_workflow_ref'] !== undefined && !WORKFLOW_REF.test(trust.claims['job_workflow_ref'][0] ?? ''),
      'A workflow has the form owner/name/.github/workflows/FILE.yml@REF.',
    ],
  ];
  return found.filter(([isBad]) => isBad).map(([, problem]) => problem);
}

const WORKFLOW_REF =
  /^[A-Za-z0-9-]+\/[A-Za-z0-9_.-]+\/\.github\/workflows\/[A-Za-z0-9_.-]+\.ya?ml@(refs\/\S+|[0-9a-f]{40})$/;

function isPlain(text: string): boolean {
  return text !== '' && !/[*\u0000-\u001f\u007f]/.test(text);
}
