// Doppler's node SDK as it is, with a note of each method that was called and answered.
import { DopplerSDK } from '@dopplerhq/node-sdk';

/** What a refused call is told: the SDK's own error, with the answer's body. */
export type SdkError = { statusCode: number; detail: { messages: string[] } };

type Service = Record<string, unknown>;

/** `service.method` of everything that the SDK can do, from its own prototypes. */
export function sdkMethods(): string[] {
  return services(new DopplerSDK({ accessToken: 'none' })).flatMap(([name, service]) =>
    methods(service).map((method) => `${name}.${method}`),
  );
}

export class RecordedSdk {
  /** Methods that gave an answer of success. */
  readonly answered = new Set<string>();
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  as(accessToken: string): DopplerSDK {
    const sdk = new DopplerSDK({ accessToken });
    sdk.setBaseUrl(this.#url);
    for (const [name, service] of services(sdk)) {
      for (const method of methods(service)) this.#record(service, method, `${name}.${method}`);
    }
    return sdk;
  }

  #record(service: Service, method: string, title: string): void {
    const original = service[method] as (...args: unknown[]) => Promise<unknown>;
    service[method] = async (...args: unknown[]) => {
      const answer = await original.apply(service, args);
      this.answered.add(title);
      return answer;
    };
  }
}

function services(sdk: DopplerSDK): [string, Service][] {
  return Object.entries(sdk).filter((entry): entry is [string, Service] => isService(entry[1]));
}

function isService(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'httpClient' in value;
}

function methods(service: Service): string[] {
  const prototype = Object.getPrototypeOf(service) as object;
  return Object.getOwnPropertyNames(prototype).filter((name) => name !== 'constructor');
}
