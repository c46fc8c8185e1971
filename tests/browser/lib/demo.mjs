// The program under test: a demo built in a folder of its own, served on a free loopback port.
import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const TODAY = '2026-11-20';
// The checks take place from two in the afternoon, whatever the hour of the machine.
const BEGAN = Date.now();
const now = () => {
  const minutes = 14 * 60 + Math.floor((Date.now() - BEGAN) / 60_000);
  const two = number => String(number).padStart(2, '0');
  return `${TODAY}T${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
};
const run = promisify(execFile);

// Builds, serves, and answers when pages can be asked for. `stop` leaves nothing behind.
export async function startDemo(binary) {
  const folder = mkdtempSync(join(tmpdir(), 'tram-browser-'));
  const common = ['--db', `sqlite:${join(folder, 'tram.db')}`, '--state', folder, '--json'];
  const child = spawn(binary, ['demo', ...common, '--today', now(), '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'pipe'] });
  const log = [];
  child.stderr.on('data', text => log.push(String(text)));
  const demo = {
    folder,
    today: TODAY,
    cli: async (...words) => JSON.parse((await run(binary, [...words, ...common, '--today', now()])).stdout),
    // What the program wrote to its log: nothing, unless something broke.
    log: () => log.join(''),
    stop: async () => {
      if (child.exitCode === null) {
        const ended = new Promise(done => child.once('exit', done));
        child.kill('SIGTERM');
        await Promise.race([ended, new Promise(done => setTimeout(done, 5000).unref())]);
        child.kill('SIGKILL');
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      const answer = JSON.parse(line);
      if (answer.logins) demo.logins = answer.logins;
      if (answer.url) { demo.url = answer.url.replace(/\/$/, ''); return demo; }
    }
    throw new Error(`the demo ended before it served: ${demo.log()}`);
  } catch (error) {
    await demo.stop();
    throw error;
  }
}
