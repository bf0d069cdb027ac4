// An error as IAM and STS answer it: code, words and HTTP status.

export class AwsFault extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.name = 'AwsFault';
    this.code = code;
    this.status = status;
  }
}

export const missing = (what: string) => new AwsFault('NoSuchEntity', `${what} cannot be found.`, 404);
export const invalid = (message: string) => new AwsFault('ValidationError', message, 400);
export const exists = (what: string) => new AwsFault('EntityAlreadyExists', `${what} already exists.`, 409);
export const overLimit = (what: string) => new AwsFault('LimitExceeded', `Cannot exceed quota for ${what}.`, 409);
export const conflict = (what: string) =>
  new AwsFault('DeleteConflict', `Cannot delete entity, must ${what} first.`, 409);
export const denied = (who: string, action: string) =>
  new AwsFault('AccessDenied', `User: ${who} is not authorized to perform: ${action}`, 403);
