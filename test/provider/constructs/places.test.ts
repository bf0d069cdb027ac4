// Secrets and configs as constructs: what is written, in which order it is made, and what fails before a server is asked.
import { Config, SecretValue, Visibility } from '#provider/constructs/index.js';
import { blocks, findings, shop, synth } from '../support/synth.ts';

describe('secrets', () => {
  test('each is made after its environment, by reference, with the visibility and the source it was given', () => {
    const written = synth((stack) => {
      const { prd } = shop(stack);
      prd.config.addSecret('A', { value: SecretValue.generated({ length: 20 }), visibility: Visibility.RESTRICTED });
      prd.config.addSecret('B', { value: SecretValue.external() });
      prd.config.addSecret('C', {
        value: SecretValue.variable(stack, 'c', { version: '2' }),
        deletionProtection: true,
      });
    });
    const place = { project: expect.stringMatching(/^\$\{secrets_project\.\w+\.name}$/) };
    const config = expect.stringMatching(/^\$\{secrets_environment\.\w+\.config}$/);
    expect(blocks(written, 'secrets_secret')).toEqual([
      { ...place, config, name: 'A', visibility: 'restricted', generate: { length: 20 } },
      { ...place, config, name: 'B', visibility: 'masked', external: true },
      {
        ...{ ...place, config, name: 'C', visibility: 'masked', deletion_protection: true },
        ...{ value_wo: '${var.c}', value_wo_version: '2' },
      },
    ]);
    expect(written['variable']).toEqual({ c: { type: 'string', sensitive: true, ephemeral: true } });
  });

  test('a value that stands in the source of a stack is refused, and is not in what is said', () => {
    const planted = () => SecretValue.ephemeral('hunter2-is-plain');
    expect(planted).toThrow(/^secrets\/plain-value: /);
    expect(planted).not.toThrow(/hunter2/);
  });

  test('a name that the service would refuse fails with its path', () => {
    const wrong = (name: string) =>
      findings((stack) => void shop(stack).prd.config.addSecret(name, { value: SecretValue.external() }));
    expect(wrong('lower')).toEqual([expect.stringMatching(/^secrets\/name at app\/shop\/prd\/config\/lower: /)]);
    expect(wrong('DOPPLER_CONFIG')).toHaveLength(1);
    expect(wrong('FINE_1')).toEqual([]);
  });
});

describe('configs', () => {
  test('a branch is called after its environment and knows its secrets; what is inherited from becomes inheritable', () => {
    const seen: (readonly string[] | undefined)[] = [];
    const written = synth((stack) => {
      const { prd, dev } = shop(stack);
      prd.config.addSecret('ROOT', { value: SecretValue.external() });
      const shared = dev.config.addBranch('shared');
      shared.addSecret('SHARED', { value: SecretValue.external() });
      const worker = prd.config.addBranch('worker').inheritFrom(shared);
      worker.addSecret('OWN', { value: SecretValue.external() });
      const far = Config.fromAddress(stack, 'far', 'other/prd/prd_shared');
      seen.push(worker.declaredNames, prd.config.addBranch('api').inheritFrom(far).declaredNames);
    });
    expect(seen).toEqual([['ROOT', 'SHARED', 'OWN'], undefined]);
    const named = (name: string) => blocks(written, 'secrets_config').find((block) => block['name'] === name);
    expect(named('dev_shared')).toMatchObject({ inheritable: true });
    expect(named('prd_api')).toMatchObject({ inherits: ['other/prd_shared'], inheritable: false });
    expect(named('prd_worker')?.['inherits']).toEqual([
      expect.stringMatching(/^\$\{secrets_project\.\w+\.name}\/\$\{secrets_config\.\w+\.name}$/),
    ]);
  });

  test('a chain of inheritance fails, for what inherits cannot be inherited from', () => {
    const found = findings((stack) => {
      const { config } = shop(stack).prd;
      const [first, second, third] = ['a', 'b', 'c'].map((name) => config.addBranch(name));
      second?.inheritFrom(...(first ? [first] : []));
      third?.inheritFrom(...(second ? [second] : []));
    });
    expect(found).toEqual([expect.stringMatching(/^secrets\/inherits-from-heir at app\/shop\/prd\/config\/b: /)]);
  });

  test('an address has three parts', () => {
    const at = (address: string) => () => synth((stack) => void Config.fromAddress(stack, 'c', address));
    for (const address of ['', 'a/b', 'a/b/c/d', 'a//c']) expect(at(address)).toThrow(/^secrets\/name/);
    expect(at('shop/prd/prd_api')).not.toThrow();
  });
});
