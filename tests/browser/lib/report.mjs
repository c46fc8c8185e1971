// One line a check, and what failed in it.
export class Report {
  constructor() { this.passed = 0; this.failed = 0; }

  // Runs one check. It fails by throwing, or by answering a list of findings that is not empty.
  async check(name, work) {
    const from = Date.now();
    let findings;
    try {
      findings = (await work()) ?? [];
    } catch (error) {
      findings = [String(error.stack ?? error).split('\n').slice(0, 8).join('\n    ')];
    }
    const took = `${((Date.now() - from) / 1000).toFixed(1)} s`;
    if (findings.length) this.failed++; else this.passed++;
    console.log(`${findings.length ? 'FAILED' : 'ok    '} ${name} (${took})`);
    for (const finding of findings) console.log(`    ${finding}`);
  }
}

// Findings of one check, with comparisons that say what was wanted.
export class Findings extends Array {
  same(what, got, wanted) {
    const [a, b] = [JSON.stringify(got), JSON.stringify(wanted)];
    if (a !== b) this.push(`${what}: got ${a}, wanted ${b}`);
  }

  that(what, holds) { if (!holds) this.push(what); }
}
