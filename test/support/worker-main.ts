// A process that is to others what the runner's worker is: parent of every step, under that name, for as long as the job lives.
import { Job, type JobOptions, type UsesOptions } from './runner/index.ts';

// Sets the name in /proc too, by which a step knows its worker.
process.title = 'Runner.Worker';

type Start = { options: JobOptions; step: UsesOptions };

process.once('message', ({ options, step }: Start) => void work(options, step));

async function work(options: JobOptions, step: UsesOptions): Promise<void> {
  const job = new Job(options);
  process.once('message', () => {
    void (async () => {
      const report = await job.finish();
      await job.dispose();
      process.send?.(report, () => process.disconnect());
    })();
  });
  process.send?.(await job.uses(step));
}
