// Every page of the program with real ids, and what the source says there is.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

// Routes that answer a GET with something else than a page, or whose page is looked at in checks/citizen.mjs.
const NO_PAGE = ['/audit.xlsx', '/people/{id}/audit.xlsx', '/insurance.xlsx', '/my-record', '/my-record/sheet', '/people/{id}/emergency', '/worklist.xlsx', '/stock.xlsx', '/stock/month.xlsx', '/stock/lots/{id}/card.xlsx', '/sessions/{id}/list.xlsx', '/sessions/month.xlsx', '/import/template.xlsx', '/import/{key}/errors.xlsx', '/indicators/{code}/people.xlsx', '/programmes/{code}/register.xlsx', '/openapi.json', '/healthz', '/readyz', '/metrics', '/assets/{file}'];
const PERIOD = 'period=2026-11';

// Routes of the program that show a page, read from its source: a new page cannot be forgotten here.
export function routesInSource(root) {
  const folder = join(root, 'crates/server/src');
  const files = readdirSync(folder, { recursive: true }).filter(name => name.endsWith('.rs'));
  const routes = files.flatMap(name => {
    const text = readFileSync(join(folder, name), 'utf8');
    return [...text.matchAll(/\.route\(\s*"([^"]+)",\s*get\(/g)].map(found => found[1]);
  });
  return routes.filter(route => !NO_PAGE.includes(route)).sort();
}

const hrefs = (page, selector) => page.$$eval(selector, links => links.map(a => a.getAttribute('href')));

export async function search(page, typed) {
  await page.goto('/people');
  await page.fill('#q', typed);
  await Promise.all([page.waitForURL('**/people/found'), page.press('#q', 'Enter')]);
  return hrefs(page, 'main [data-open]');
}

// Ids are not written anywhere: they are found the way a user finds them, by following links.
async function first(page, address, selector) {
  await page.goto(address);
  return (await hrefs(page, selector))[0]?.replace(/#.*/, '');
}

// People and their households, as the nurse comes to them.
export async function findPeople(page) {
  const child = (await first(page, '/?programme=-', 'main [data-open]')).replace('/immunisation', '');
  const mother = await first(page, child, 'aside a[href^="/people/"]:not([href*="immunisation"]):not([href*="programmes"]):not([href*="/forms/"]):not([href$="/growth"])');
  return {
    child, mother,
    fact: await first(page, mother, 'main a[href*="/facts/"]'),
    paper: await first(page, mother, 'main a[href$="/end"]'),
    household: await first(page, '/households', 'main table a[href^="/households/"]'),
    dead: await first(page, '/indicators/CDR/people?period=2026', 'main [data-open]'),
    lot: await first(page, '/stock', 'main table a[href^="/stock/lots/"]'),
    fridge: await first(page, '/cold', 'main a[href^="/cold/tl-"]'),
    event: await first(page, '/aefi', 'main [data-open]'),
    patient: await first(page, '/programmes/hypertension', 'main [data-open]'),
  };
}

// What a role finds in the lists it may open.
export async function findOwn(page) {
  return {
    plan: await first(page, '/plans', 'main table a[href^="/plans/"]'),
    unit: await first(page, '/units', 'main table a[href^="/units/"]'),
    user: await first(page, '/users', 'main table a[href^="/users/"]'),
  };
}

// [route, address] of everything a role sees. What a station does with people is looked at once, as the nurse.
export function placesOf(role, at) {
  const station = [
    ['/', '/'], ['/', '/?only=overdue'], ['/', '/?programme=-'], ['/', '/?only=proposed&programme=hypertension'], ['/', '/?only=lost'], ['/', '/?only=soon&series=JE'],
    ['/people', '/people'], ['/people/found', '/people/found'], ['/people/new', '/people/new'],
    ['/people/{id}', at.child], ['/people/{id}', at.mother], ['/people/{id}', at.dead],
    ['/people/{id}/edit', `${at.mother}/edit`], ['/people/{id}/facts/{fact}', at.fact],
    ['/people/{id}/identifier', `${at.mother}/identifier`], ['/people/{id}/identifier/{fact}/end', at.paper],
    ...['move', 'move-out', 'household', 'pregnancy', 'loss', 'birth', 'stillbirth', 'death', 'audit']
      .map(what => [`/people/{id}/${what}`, `${at.mother}/${what}`]),
    ['/people/{id}/immunisation', `${at.child}/immunisation`], ['/people/{id}/immunisation', `${at.mother}/immunisation`],
    ['/people/{id}/card', `${at.mother}/card`], ['/households/{id}/cards', `${at.household}/cards`],
    ['/insurance', '/insurance'], ['/insurance', '/insurance?only=missing'],
    ['/households', '/households'], ['/households/new', '/households/new'],
    ['/households/{id}', at.household], ['/households/{id}/edit', `${at.household}/edit`],
    ['/session', '/session'], ['/sessions', '/sessions'], ['/sessions/gaps', '/sessions/gaps?months=24'], ['/sessions/month', '/sessions/month?period=2026-10'],
    ['/', '/?series=UV'], ['/import', '/import'], ['/quality', '/quality'],
    ['/stock', '/stock'], ['/stock', '/stock?all=1'], ['/stock/receive', '/stock/receive'], ['/stock/count', '/stock/count'],
    ['/stock/month', '/stock/month?period=2026-10'], ['/stock/lots/{id}', at.lot],
    ...['open', 'issue', 'lose', 'vvm', 'block', 'amend'].map(what => ['/stock/lots/{id}/{what}', `${at.lot}/${what}`]),
    ['/cold', '/cold'], ['/cold', '/cold?month=2026-10'], ['/cold/new', '/cold/new'],
    ['/cold/{id}', at.fridge], ['/cold/{id}/incident', `${at.fridge}/incident`],
    ['/aefi', '/aefi'], ['/people/{id}/aefi', `${at.child}/aefi`],
    ['/programmes', '/programmes'], ['/programmes/{code}', '/programmes/hypertension'], ['/programmes/{code}', '/programmes/hypertension?only=proposed'],
    ['/people/{id}/programmes/{code}', at.patient], ['/people/{id}/programmes/{code}/leave', `${at.patient}/leave`],
    ['/people/{id}/programmes/{code}/enrol', `${at.mother}/programmes/diabetes/enrol`],
    ['/people/{id}/forms', `${at.mother}/forms`], ['/people/{id}/forms', `${at.child}/forms`], ['/people/{id}/growth', `${at.child}/growth`], ['/people/{id}/summary', `${at.mother}/summary`], ['/people/{id}/summary', `${at.patient?.replace(/\/programmes.*/, '')}/summary`],
    ['/people/{id}/forms/{code}', `${at.mother}/forms/allergy`], ['/people/{id}/forms/{code}', `${at.mother}/forms/health_history`],
    ['/people/{id}/forms/{code}', at.patient?.replace('/programmes/', '/forms/').concat('_visit?programme=hypertension&last=1')],
    ['/people/{id}/forms/{code}', `${at.mother}/forms/ncd_screening`],
    ['/people/{id}/aefi/{n}', at.event], ['/people/{id}/aefi/{n}/report', `${at.event}/report`],
  ];
  const numbers = [
    ['/indicators', `/indicators?${PERIOD}`], ['/indicators', `/indicators?${PERIOD}&chapter=chronic`], ['/indicators/{code}', `/indicators/TCDD?${PERIOD}`],
    ['/indicators/{code}', '/indicators/BHYT?period=2026-Q3&by=poverty'], ['/indicators/{code}', '/indicators/BO_DPT?period=2026-10'],
  ];
  const behind = [['/indicators/{code}/people', `/indicators/TCDD/people?${PERIOD}&side=numerator`],
    ['/indicators/{code}/people', `/indicators/BHYT/people?${PERIOD}&side=missing&by=poverty&group=poor`]];
  const plans = [['/plans', '/plans'], ...(at.plan ? [['/plans/{id}', at.plan], ['/plans/{id}/targets/{row}', `${at.plan}/targets/7`], ['/plans/{id}/targets/{row}', `${at.plan}/targets/1`]] : [])];
  const units = [['/units', '/units'], ['/units', '/units?by=professional'], ['/units/{id}', at.unit]];
  const users = [['/users', '/users'], ['/users/new', '/users/new'], ['/users/{id}', at.user]];
  const desk = [...['rules', 'programmes', 'indicators', 'illness', 'lists'].map(part => ['/definitions', `/definitions?part=${part}`]), ['/calendar', '/calendar?year=2026&from=16/2/2026&days=5'], ['/calendar', '/calendar?year=2027'], ['/account', '/account'], ['/keys', '/keys'], ['/switch', '/switch']];
  return {
    station_nurse: [...station, ...numbers, ...behind, ...plans, ...units, ...desk],
    station_head: [['/plans/new', '/plans/new'], ['/units', '/units'], ['/units/{id}', at.unit], ...users, ['/audit', '/audit'], ['/system', '/system']],
    centre_planner: [['/', '/?only=overdue&series=BCG'], ...numbers, ...behind, ...plans, ['/plans/new', '/plans/new'], ['/plans/{id}/edit', `${at.plan}/edit`], ...units, ['/users', '/users'], ...desk],
    commune_leader: [...numbers, ...plans, ['/units', '/units'], ['/account', '/account']],
    admin: [['/units', '/units'], ['/units/{id}', at.unit], ...users, ['/audit', '/audit'], ['/system', '/system'], ...desk],
  }[role];
}
