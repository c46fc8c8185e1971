// Chromium with eyes open: whatever a page complains about becomes a finding.
import { chromium } from 'playwright-core';

const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];
export const WIDTHS = [[360, 740], [768, 1024], [1366, 768]];

export const launch = () =>
  chromium.launch({ executablePath: process.env.TRAM_CHROMIUM || '/usr/bin/chromium', args: FLAGS });

// One browser, one server: signs in once a login and lends contexts that are signed in.
export class Station {
  constructor(browser, demo) { this.browser = browser; this.demo = demo; this.cookies = new Map(); this.heard = []; }

  // What pages complained about since the last time this was asked.
  complaints() { return this.heard.splice(0); }

  login(name) {
    const found = this.demo.logins.find(login => login.user === name || login.role === name);
    if (!found) throw new Error(`the demo has no login ${name}`);
    return found;
  }

  // A fresh context: empty cache, no session.
  async context(options = {}) {
    const context = await this.browser.newContext({
      baseURL: this.demo.url, locale: 'vi-VN', viewport: { width: 1366, height: 768 }, ...options,
    });
    context.setDefaultTimeout(10000);
    const place = page => new URL(page.url()).pathname;
    context.on('request', request => {
      if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(`${this.demo.url}/`)) {
        this.heard.push(`a request left this server: ${request.url()}`);
      }
    });
    context.on('response', response => {
      const policy = response.headers()['content-security-policy'] ?? '';
      const strict = policy.includes("default-src 'self'") && !policy.includes('unsafe');
      if (!strict) this.heard.push(`no strict content policy on ${new URL(response.url()).pathname}: “${policy}”`);
      if (response.status() >= 500) this.heard.push(`${response.status()} from ${new URL(response.url()).pathname}`);
    });
    context.on('page', page => {
      page.on('pageerror', error => this.heard.push(`script error on ${place(page)}: ${error.message}`));
      page.on('console', message => {
        // Chromium also prints answers such as 409 and 422; those are meant.
        const meant = /Failed to load resource: the server responded with a status of 4\d\d/.test(message.text());
        if (/error|warning/.test(message.type()) && !meant) {
          this.heard.push(`console ${message.type()} on ${place(page)}: ${message.text()}`);
        }
      });
    });
    return context;
  }

  // A page signed in as a login or a role of the demo.
  async page(who, options = {}) {
    const { user, password } = this.login(who);
    const context = await this.context(options);
    if (!this.cookies.has(user)) {
      const page = await context.newPage();
      await signIn(page, user, password);
      this.cookies.set(user, await context.cookies());
      await page.close();
      await context.clearCookies();
      this.heard.push(...(await page.context().cookies()).map(() => 'cookies stayed after clearing'));
    }
    await context.addCookies(this.cookies.get(user));
    return context.newPage();
  }

  // Lends a page for one piece of work and closes what it opened.
  async with(who, options, work) {
    const page = await this.page(who, options);
    try { return await work(page); } finally { await page.context().close(); }
  }
}

export async function signIn(page, user, password) {
  await page.goto('/sign-in');
  await page.fill('#user', user);
  await page.fill('#password', password);
  await Promise.all([page.waitForURL(url => url.pathname !== '/sign-in'), page.press('#password', 'Enter')]);
}
