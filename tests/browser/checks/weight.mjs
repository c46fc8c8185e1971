// What a page weighs on the wire: the first one with an empty cache, then each later one.
import { Findings } from '../lib/report.mjs';
import { findOwn, findPeople, placesOf } from '../lib/places.mjs';

const KB = 1024;
const FIRST = { bytes: 60 * KB, requests: 8 };
const LATER = 15 * KB;

// Bytes as they came over the wire, headings included.
async function scales(page) {
  const wire = await page.context().newCDPSession(page);
  await wire.send('Network.enable');
  let bytes = 0;
  let requests = 0;
  wire.on('Network.responseReceived', event => {
    if (!event.response.fromDiskCache && !event.response.url.startsWith('data:')) requests++;
  });
  wire.on('Network.loadingFinished', event => { bytes += event.encodedDataLength; });
  return async address => {
    [bytes, requests] = [0, 0];
    await page.goto(address);
    return { bytes, requests };
  };
}

const kb = bytes => `${(bytes / KB).toFixed(1)} KB`;

export async function weight(report, station) {
  for (const role of ['station_nurse', 'centre_planner', 'admin']) {
    await report.check(`weight: ${role}, first page ≤ 60 KB and 8 requests, later pages ≤ 15 KB`, () => station.with(role, {}, async page => {
      const findings = new Findings();
      const people = role === 'station_nurse' ? await findPeople(page) : {};
      const own = { ...people, ...await findOwn(page) };
      const fresh = await station.page(role);
      const weigh = await scales(fresh);
      const first = await weigh('/');
      findings.that(`the first page is ${kb(first.bytes)} in ${first.requests} requests`, first.bytes <= FIRST.bytes && first.requests <= FIRST.requests);
      const weighed = [];
      for (const [, address] of placesOf(role, own)) {
        const { bytes } = await weigh(address);
        weighed.push(bytes);
        findings.that(`${address} is ${kb(bytes)}`, bytes <= LATER);
      }
      await fresh.context().close();
      console.log(`       ${role}: first page ${kb(first.bytes)} in ${first.requests} requests, later pages up to ${kb(Math.max(...weighed))}`);
      findings.push(...station.complaints());
      return findings;
    }));
  }
}
