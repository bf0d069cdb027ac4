// The AWS query protocol as a server sees it: forms with numbered members in, XML out (AWS Query API reference).

export type Params = { readonly [name: string]: string | Params | readonly (string | Params)[] | undefined };

/** `Tags.member.1.Key=a` and its kin as nested lists and objects. Bounded: numbers of members go to 1,000. */
export function readForm(body: string): { action: string; version: string; params: Params } {
  const fields = new URLSearchParams(body);
  const root: Node = new Map();
  for (const [name, value] of fields) {
    if (name === 'Action' || name === 'Version') continue;
    put(root, name.split('.'), value);
  }
  return { action: fields.get('Action') ?? '', version: fields.get('Version') ?? '', params: plain(root) as Params };
}

type Node = Map<string, Node | string>;

function put(node: Node, [head = '', ...rest]: string[], value: string): void {
  if (rest.length === 0) return void node.set(head, value);
  const inner = node.get(head);
  const next: Node = inner instanceof Map ? inner : new Map();
  node.set(head, next);
  put(next, rest, value);
}

function plain(node: Node | string): Params[string] {
  if (typeof node === 'string') return node;
  const members = node.get('member');
  if (members instanceof Map) {
    const numbers = [...members.keys()].map(Number).sort((a, b) => a - b);
    if (numbers.some((number, index) => number !== index + 1 || number > 1000)) throw new Error('members have gaps');
    return numbers.map((number) => plain(members.get(String(number)) ?? '') as string | Params);
  }
  return Object.fromEntries([...node].map(([name, inner]) => [name, plain(inner)]));
}

/** A list becomes members, a map entries of key and value. */
export type Xml =
  | string
  | number
  | boolean
  | Date
  | null
  | undefined
  | readonly Xml[]
  | ReadonlyMap<string, Xml>
  | { readonly [name: string]: Xml };

/** The answer of a call that went well. */
export function resultXml(action: string, namespace: string, result: Xml, requestId: string): string {
  const inner = result === undefined ? '' : element(`${action}Result`, result);
  const meta = element('ResponseMetadata', { RequestId: requestId });
  return `<${action}Response xmlns="${namespace}">${inner}${meta}</${action}Response>`;
}

/** The answer of one that did not. */
export function errorXml(fault: { code: string; message: string; status: number }, requestId: string): string {
  const { code: Code, message: Message, status } = fault;
  const error = { Type: status < 500 ? 'Sender' : 'Receiver', Code, Message };
  return `<ErrorResponse>${element('Error', error)}${element('RequestId', requestId)}</ErrorResponse>`;
}

function element(name: string, value: Xml): string {
  if (value === undefined || value === null) return '';
  return `<${name}>${content(value)}</${name}>`;
}

function content(value: Xml): string {
  if (Array.isArray(value)) return value.map((one: Xml) => element('member', one)).join('');
  if (value instanceof Map) {
    return [...(value as ReadonlyMap<string, Xml>)]
      .map(([key, inner]) => element('entry', { key, value: inner }))
      .join('');
  }
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .map(([name, inner]) => element(name, inner as Xml))
      .join('');
  }
  return String(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
