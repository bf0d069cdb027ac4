// Which lines are commands, and what each of them does to the log, the masks and the step.
import fc from 'fast-check';
import { CommandHandler } from './command-handler.ts';
import { COMMANDS, parseCommand } from './commands.ts';
import { StepLog } from './log.ts';
import { Masker } from './masker.ts';

const parse = (line: string) => {
  const command = parseCommand(line, (name) => COMMANDS.includes(name));
  return command && [command.name, Object.fromEntries(command.properties), command.data];
};

test.each([
  ['::debug::x', ['debug', {}, 'x']],
  ['  \t::debug::x', ['debug', {}, 'x']],
  ['::DEBUG::x', ['DEBUG', {}, 'x']],
  ['::error file=a.ts,line=1,title=T::msg', ['error', { file: 'a.ts', line: '1', title: 'T' }, 'msg']],
  ['::error Title=a%3Ab%2Cc%25::m%0D%0A%25%3A', ['error', { title: 'a:b,c%' }, 'm\r\n%%3A']],
  ['::debug::%250A', ['debug', {}, '%0A']],
  ['::error title=,line==2,=x::m', ['error', { line: '2' }, 'm']],
  ['::warning::a::b', ['warning', {}, 'a::b']],
  ['##[add-mask]x', ['add-mask', {}, 'x']],
  ['text ##[warning file=a%5D;line=1]b%3B%5D', ['warning', { file: 'a]', line: '1' }, 'b;]']],
  ['::unknown::##[debug]y', ['debug', {}, 'y']],
  ['text ::debug::x', undefined],
  ['::debug', undefined],
  ['::debug x', undefined],
  ['::unknown::x', undefined],
  ['##[unknown]x', undefined],
  ['##[debug', undefined],
  ['', undefined],
])('reads %j', (line, expected) => {
  expect(parse(line)).toEqual(expected);
});

test('data escaped as the toolkit does arrives as it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (data) => {
      const escaped = data.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
      expect(parse(`::debug::${escaped}`)?.[2]).toBe(data);
    }),
  );
});

function step(debug = false) {
  const masker = new Masker();
  const log = new StepLog(masker, [], debug);
  const outputs: Record<string, string> = {};
  const sink = { setOutput: (name: string, value: string) => void (outputs[name] = value), saveState: () => {} };
  const handler = new CommandHandler({ log, masker, sink, debug });
  return { log, handler, outputs, feed: (...lines: string[]) => lines.forEach((line) => handler.handle(line)) };
}

test('a mask counts from its line on and is never printed', () => {
  const { log, feed } = step();
  feed('before hunter22', '::add-mask::hunter22', 'after hunter22');
  expect(log.lines).toEqual(['before hunter22', 'after ***']);
});

test('a blank mask is a warning', () => {
  const { log, feed } = step();
  feed('::add-mask::%0A ');
  expect(log.annotations).toEqual([expect.objectContaining({ kind: 'warning' })]);
});

test('a mask that breaks the encoder fails the step without printing the value', () => {
  const { log, handler, feed } = step();
  feed('::add-mask::topsecret&+');
  expect(handler.failed).toBe(true);
  expect(log.lines.join()).not.toContain('topsecret');
});

test('annotations: the message is masked and cut, properties are neither', () => {
  const { log, feed } = step();
  feed('::add-mask::hunter22', `::error title=hunter22::hunter22 ${'x'.repeat(5000)}`);
  expect(log.annotations[0]?.message).toHaveLength(4096);
  expect(log.annotations[0]?.message).toMatch(/^\*\*\* x/);
  expect(log.annotations[0]?.properties).toEqual({ title: 'hunter22' });
});

test('ten annotations of a kind are kept, the log has all', () => {
  const { log, feed } = step();
  for (let index = 0; index < 12; index++) feed(`::notice::n${index}`);
  feed('::error::e');
  expect(log.annotations).toHaveLength(11);
  expect(log.lines).toHaveLength(13);
});

test('a stopped step prints commands raw until its token, and only a good token stops it', () => {
  const { log, handler, feed } = step();
  feed('::stop-commands::Tok-1234', '::add-mask::hunter22', '::tok-1234::', '::add-mask::hunter22', 'hunter22');
  expect(log.lines).toEqual(['::stop-commands::***', '::add-mask::hunter22', '::tok-1234::', '***']);
  expect(handler.failed).toBe(false);
  for (const bad of ['', 'Debug', 'pause-logging']) {
    const other = step();
    other.feed(`::stop-commands::${bad}`, '::add-mask::hunter22', 'hunter22');
    expect(other.handler.failed).toBe(true);
    expect(other.log.lines.at(-1)).toBe('***');
  }
});

test('debug shows, echo repeats, and only under step debug or echo on', () => {
  const quiet = step();
  quiet.feed('::debug::d', '::group::G', 'in', '::endgroup::', '::echo::on', '::add-mask::hunter22', '::group::H');
  expect(quiet.log.lines).toEqual(['##[group]G', 'in', '##[endgroup]', '::add-mask::***', '::group::H', '##[group]H']);
  const debug = step(true);
  debug.feed('::debug::a%0Ab', '::echo::off', '::group::H');
  expect(debug.log.lines).toEqual([
    '##[debug]a',
    '##[debug]b',
    '::echo::off',
    "##[debug]Setting echo command value to 'off'",
    '##[group]H',
  ]);
});

test('set-env is refused and fails the step; set-output still works and warns', () => {
  const { handler, outputs, log, feed } = step();
  feed('::set-output name=x::1');
  expect([handler.failed, outputs]).toEqual([false, { x: '1' }]);
  expect(log.annotations.map(({ kind }) => kind)).toEqual(['warning']);
  feed('::set-env name=x::1');
  expect(handler.failed).toBe(true);
});
