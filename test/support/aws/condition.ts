// Condition blocks of policies: every operator and key must hold (IAM guide, "Condition operators").
import { type Context, filled, like } from './pattern.ts';

type Test = (actual: string, wanted: string) => boolean;

const date =
  (test: (a: number, b: number) => boolean): Test =>
  (a, b) =>
    test(instant(a), instant(b));
const number =
  (test: (a: number, b: number) => boolean): Test =>
  (a, b) =>
    test(Number(a), Number(b));

const TESTS: Readonly<Record<string, Test>> = {
  StringEquals: (a, b) => a === b,
  StringEqualsIgnoreCase: (a, b) => a.toLowerCase() === b.toLowerCase(),
  StringLike: like,
  ArnEquals: like,
  ArnLike: like,
  Bool: (a, b) => a.toLowerCase() === b.toLowerCase(),
  DateEquals: date((a, b) => a === b),
  DateLessThan: date((a, b) => a < b),
  DateLessThanEquals: date((a, b) => a <= b),
  DateGreaterThan: date((a, b) => a > b),
  DateGreaterThanEquals: date((a, b) => a >= b),
  NumericEquals: number((a, b) => a === b),
  NumericLessThan: number((a, b) => a < b),
  NumericLessThanEquals: number((a, b) => a <= b),
  NumericGreaterThan: number((a, b) => a > b),
  NumericGreaterThanEquals: number((a, b) => a >= b),
};
const NEGATED: Readonly<Record<string, string>> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  ArnNotEquals: 'ArnEquals',
  ArnNotLike: 'ArnLike',
  DateNotEquals: 'DateEquals',
  NumericNotEquals: 'NumericEquals',
};

type Operator = { base: string; isNegated: boolean; ifExists: boolean; set: 'any' | 'all' | undefined };

function readOperator(text: string): Operator | undefined {
  const [, set, name = '', ifExists] = /^(?:(ForAnyValue|ForAllValues):)?([A-Za-z]+?)(IfExists)?$/.exec(text) ?? [];
  const base = NEGATED[name] ?? name;
  if (base !== 'Null' && !(base in TESTS)) return undefined;
  const sets = { ForAnyValue: 'any', ForAllValues: 'all' } as const;
  return {
    base,
    isNegated: name in NEGATED,
    ifExists: ifExists !== undefined,
    set: set === undefined ? undefined : sets[set as keyof typeof sets],
  };
}

export function isOperator(text: string): boolean {
  return readOperator(text) !== undefined;
}

export function holds(
  block: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>> | undefined,
  context: Context,
): boolean {
  return Object.entries(block ?? {}).every(([name, keys]) => {
    const operator = readOperator(name);
    if (!operator) return false;
    return Object.entries(keys).every(([key, wanted]) =>
      keyHolds(operator, valueOf(context, key), [wanted].flat(), context),
    );
  });
}

/** Names of keys are compared without case. */
function valueOf(context: Context, key: string): Context[string] {
  const found = Object.keys(context).find((name) => name.toLowerCase() === key.toLowerCase());
  return found === undefined ? undefined : context[found];
}

function keyHolds(operator: Operator, actual: Context[string], wanted: readonly string[], context: Context): boolean {
  const { base, isNegated, ifExists, set } = operator;
  if (base === 'Null') return wanted.includes(String(actual === undefined));
  if (actual === undefined) return ifExists || isNegated || set === 'all';
  const test = TESTS[base] ?? (() => false);
  const matches = (one: string) => wanted.some((want) => test(one, filled(want, context)));
  const values = [actual].flat();
  const verdicts = values.map((one) => matches(one) !== isNegated);
  return set === 'all' || (set === undefined && isNegated) ? verdicts.every(Boolean) : verdicts.some(Boolean);
}

function instant(text: string): number {
  return /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text);
}
