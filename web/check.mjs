// Drives the page in a headless Chromium: node --experimental-websocket web/check.mjs GLAD [SHOT]
//
// GLAD is the native program, which judges what the page hands over. Twenty candidates of a toy
// table are answered by key, as its truth has them, one answer is undone and given again, the
// session is saved, the page is loaded anew, and the work goes on; another table is dropped on the
// page, and answered without saving. Once loaded the page may ask nothing of anybody: the server is
// ended meanwhile, and each request is counted.

import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [glad, shot] = process.argv.slice(2);
const here = new URL('.', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'glad-page-'));
const pause = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

async function until(what, test, seconds = 60) {
  const end = Date.now() + 1000 * seconds;
  for (;;) {
    const found = await test();
    if (found) return found;
    if (Date.now() > end) throw new Error(`waited ${seconds} s for ${what}`);
    await pause(20);
  }
}

// A program that says in a line that it is there.
function begin(command, options, sign, stream = 'stdout') {
  const child = spawn(command, options, { stdio: ['ignore', 'pipe', 'pipe'] });
  return new Promise((resolve, reject) => {
    let told = '';
    child[stream].on('data', (text) => {
      told += text;
      const found = sign.exec(told);
      if (found) resolve({ child, found: found[1] });
    });
    child.on('error', reject);
    child.on('exit', () => reject(new Error(`${command} ended: ${told}`)));
  });
}

const serve = (port) => begin('python3', [join(here, 'serve'), `${port}`], /(http:\S+)/);

// The browser's own protocol, over one socket for the page and its workers.
class Browser {
  #next = 1;
  #waiting = new Map();
  requests = [];
  said = [];

  static async open(address) {
    const browser = new Browser();
    browser.socket = new WebSocket(address);
    await new Promise((resolve, reject) => {
      browser.socket.onopen = resolve;
      browser.socket.onerror = reject;
    });
    browser.socket.onmessage = ({ data }) => browser.#take(JSON.parse(data));
    return browser;
  }

  #take({ id, result, error, method, params, sessionId }) {
    if (id) {
      const { resolve, reject } = this.#waiting.get(id);
      this.#waiting.delete(id);
      return error ? reject(new Error(error.message)) : resolve(result);
    }
    const url = params?.request?.url ?? '';
    if (method === 'Network.requestWillBeSent' && /^(http|ws)/.test(url)) this.requests.push(url);
    if (method === 'Page.fileChooserOpened') this.chooser = params;
    if (method === 'Runtime.exceptionThrown') {
      this.said.push(params.exceptionDetails.exception?.description ?? params.exceptionDetails.text);
    }
    if (method === 'Runtime.consoleAPICalled' && params.type === 'error') {
      this.said.push(params.args.map((argument) => argument.value ?? argument.description).join(' '));
    }
    if (method === 'Target.attachedToTarget' && params.targetInfo.type === 'worker') {
      // Workers are listened to as well.
      for (const name of ['Network.enable', 'Runtime.enable']) {
        this.send(name, {}, params.sessionId).catch(() => {});
      }
    }
    return sessionId;
  }

  send(method, params = {}, sessionId = this.page) {
    const id = this.#next++;
    this.socket.send(JSON.stringify({ id, method, params, sessionId }));
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  async evaluate(expression) {
    const awaited = { expression, awaitPromise: true, returnByValue: true };
    const { result, exceptionDetails } = await this.send('Runtime.evaluate', awaited);
    if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails));
    return result.value;
  }

  async key(key, { code = `Key${key.toUpperCase()}`, control = false } = {}) {
    const of = { key, code, modifiers: control ? 2 : 0, windowsVirtualKeyCode: key.toUpperCase().charCodeAt(0) };
    const named = { Enter: 13, Tab: 9 };
    of.windowsVirtualKeyCode = named[key] ?? of.windowsVirtualKeyCode;
    const typed = { Enter: '\r', Tab: undefined };
    const text = control ? {} : { text: key in typed ? typed[key] : key };
    await this.send('Input.dispatchKeyEvent', { type: 'keyDown', ...of, ...text });
    await this.send('Input.dispatchKeyEvent', { type: 'keyUp', ...of });
  }
}

// What the page tells of the window.
const told = async (browser) => browser.evaluate("document.getElementById('glad-status')?.textContent ?? ''");
const fault = async (browser) => browser.evaluate("document.getElementById('told')?.textContent ?? ''");
const STATE = /^(.*): (\d+) anomal\w+, (\d+) nominals?; candidate (\S+) at rank (\d+)$/;

async function state(browser) {
  const found = STATE.exec(await told(browser));
  return found && {
    table: found[1], anomalies: +found[2], nominals: +found[3], candidate: found[4],
  };
}

async function ready(browser, what, test) {
  try {
    return await until(what, async () => {
      const now = await state(browser);
      return now && test(now) ? now : null;
    });
  } catch (why) {
    const last = { told: await told(browser), fault: await fault(browser), said: browser.said };
    throw new Error(`${why.message}: ${JSON.stringify(last, null, 1)}`);
  }
}

// Answers the current candidate by what is known of the table; the next one is on the screen after.
async function answer(browser, truth) {
  const now = await state(browser);
  // What has only just appeared is not answered: nobody can have read it.
  await pause(250);
  await browser.key(truth[now.candidate] ? 'a' : 'n');
  const count = now.anomalies + now.nominals + 1;
  await ready(browser, `answer ${count}`, (then) => then.anomalies + then.nominals === count);
}

// Which rows of a table are anomalies, by the number of the row.
function truthOf(path) {
  const [head, ...lines] = readFileSync(path, 'utf8').trim().split('\n');
  const place = head.split(',').indexOf('label');
  return Object.fromEntries(lines.map((line, row) => [`${row + 1}`, line.split(',')[place] === 'anomaly']));
}

const downloads = join(folder, 'downloads');
const downloaded = (name) => until(`the download of ${name}`, () => {
  const path = join(downloads, name);
  return readdirSync(folder).includes('downloads') && readdirSync(downloads).includes(name) && path;
});

// The address is loaded, and the first candidate is on the screen; how long that took, and the
// first picture before it.
async function load(browser, address, what, test = () => true) {
  const begun = Date.now();
  await browser.send('Page.navigate', { url: address });
  await ready(browser, what, test);
  const candidate = (Date.now() - begun) / 1000;
  const marks = await browser.evaluate(`Object.fromEntries(performance.getEntriesByType('mark')
    .map(({ name, startTime }) => [name.replace('glad-', ''), startTime / 1000]))`);
  const parts = Object.entries(marks).map(([name, at]) => `${name} ${at.toFixed(2)}`).join(', ');
  return { candidate, picture: marks.picture, told: `first picture after ${marks.picture?.toFixed(2)} s, `
    + `first candidate after ${candidate.toFixed(2)} s (${parts})` };
}

// Text is typed into the field that has the keyboard.
async function type(browser, text) {
  await browser.send('Input.insertText', { text });
  await pause(200);
}

// What is bundled is opened by its name in the dialog for tables. Its beginning is read first where
// it has columns to choose; Enter opens it then.
async function openToy(browser, name, seconds) {
  await browser.key('o', { control: true });
  await pause(400);
  await type(browser, name);
  await browser.key('Enter', { code: 'Enter' });
  const again = setInterval(async () => {
    if ((await state(browser))?.table !== name) browser.key('Enter', { code: 'Enter' }).catch(() => {});
  }, 3000);
  const begun = Date.now();
  try {
    return await until(`the toy ${name}`, async () => {
      const now = await state(browser);
      return now?.table === name && { ...now, took: (Date.now() - begun) / 1000 };
    }, seconds);
  } finally {
    clearInterval(again);
  }
}

// A file is chosen in the browser's dialog, which the window's dialog asks for.
async function chooseFile(browser, path) {
  await browser.send('Page.setInterceptFileChooserDialog', { enabled: true });
  await browser.key('o', { control: true });
  await pause(400);
  // From the field to the button behind it: the one between has nothing to read yet.
  await browser.key('Tab', { code: 'Tab' });
  await pause(200);
  await browser.key(' ', { code: 'Space' });
  const { backendNodeId } = await until('the dialog for a file', () => browser.chooser, 20);
  browser.chooser = null;
  await browser.send('DOM.setFileInputFiles', { files: [path], backendNodeId });
  await browser.send('Page.setInterceptFileChooserDialog', { enabled: false });
}

async function picture(browser, path) {
  const { data } = await browser.send('Page.captureScreenshot', { format: 'png' });
  writeFileSync(path, Buffer.from(data, 'base64'));
}

async function run(browser, server) {
  const address = server.found;
  const { targetId } = await browser.send('Target.createTarget', { url: 'about:blank' }, undefined);
  const attached = await browser.send('Target.attachToTarget', { targetId, flatten: true }, undefined);
  browser.page = attached.sessionId;
  for (const name of ['Page.enable', 'Runtime.enable', 'Network.enable']) await browser.send(name);
  await browser.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: true });
  await browser.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: downloads }, undefined);
  await browser.send('Emulation.setDeviceMetricsOverride', {
    width: 1280, height: 800, deviceScaleFactor: 1, mobile: false,
  });

  const cold = await load(browser, address, 'the window');
  const warm = await load(browser, address, 'the window again');
  console.log(`${cold.told}`);
  console.log(`from a warm cache: ${warm.told}`);
  assert(warm.picture < 3, 'the first picture took 3 s');

  // From here on nobody is there to be asked.
  await pause(1500);
  const asked = browser.requests.length;
  server.child.kill();
  await browser.evaluate(`globalThis.longest = 0; globalThis.before = performance.now();
    setInterval(() => {
      const now = performance.now();
      longest = Math.max(longest, now - before);
      before = now;
    }, 4), 0`);

  const clusters = truthOf(join(here, '../datasets/clusters.csv'));
  for (let count = 0; count < 20; count += 1) await answer(browser, clusters);
  const twenty = await state(browser);
  assert.equal(twenty.anomalies + twenty.nominals, 20);
  await browser.key('z', { control: true });
  await ready(browser, 'the undo', (now) => now.anomalies + now.nominals === 19);
  await answer(browser, clusters);
  assert.deepEqual(await state(browser), twenty, 'an answer that is given again leads where it led');
  console.log(`20 candidates answered, ${twenty.anomalies} of them anomalies; undone and answered again`);
  if (shot) await picture(browser, shot);

  await browser.key('s', { control: true });
  // A slow machine has the dialog later than a key may come.
  const keys = setInterval(() => browser.key('Enter', { code: 'Enter' }).catch(() => {}), 2000);
  const session = await downloaded('clusters.glad').finally(() => clearInterval(keys));
  const { longest } = await browser.evaluate('({ longest })');
  console.log(`the page answered all the time: ${Math.round(longest)} ms at most from one turn to the next`);
  assert(longest < 2000, 'the page froze');
  const info = execFileSync(glad, ['info', session], { encoding: 'utf8' });
  assert.match(info, new RegExp(`\\b${twenty.anomalies} anomal`), info);
  // Not to the bit, as the logarithms of another library differ in their last one.
  const judged = spawnSync(glad, ['replay', session], { encoding: 'utf8' });
  assert(judged.status < 2, judged.stderr);
  console.log(`native replay of the page's session: ${judged.stdout.trim()}`);

  // An own table: it is read by the page, and answered without saving.
  const own = join(folder, 'own table.csv');
  writeFileSync(own, readFileSync(join(here, '../datasets/between.csv')));
  for (const type of ['dragEnter', 'dragOver', 'drop']) {
    const data = { items: [], files: [own], dragOperationsMask: 1 };
    await browser.send('Input.dispatchDragEvent', { type, x: 600, y: 400, data });
  }
  await ready(browser, 'the own table', (now) => now.table === 'own table');
  const between = truthOf(own);
  for (let count = 0; count < 3; count += 1) await answer(browser, between);
  const three = await state(browser);
  await pause(500);
  assert.deepEqual(browser.requests.slice(asked), [], 'a request left the page');
  console.log('an own table dropped and answered; no request since the page was loaded');

  // The page is loaded anew: what was not saved is offered, what was saved is opened.
  const again = await serve(new URL(address).port);
  await browser.send('Page.navigate', { url: address });
  await until('the offer', async () => /earlier run/.test(await told(browser)));
  await browser.key('Tab', { code: 'Tab' });
  await pause(200);
  await browser.key(' ', { code: 'Space' });
  await ready(browser, 'the answers that were not saved', (now) => now.anomalies + now.nominals === 3);
  assert.equal((await state(browser)).anomalies, three.anomalies);
  await answer(browser, between);
  console.log('loaded anew: the answers that were not saved are there, and the session goes on');

  // The session that was saved is opened from its file, by the dialog, in a page that had another
  // table open; and goes on.
  await chooseFile(browser, session);
  const opened = await ready(browser, 'the saved session', (now) => now.table === twenty.table);
  assert.deepEqual(opened, twenty, 'the session is where it was');
  await answer(browser, clusters);
  console.log('the saved session opened by the dialog after the page was loaded anew: it goes on');

  // Images and sequences, which networks learn from first.
  for (const [name, seconds] of [['strokes', 300], ['woven', 900]]) {
    const { took } = await openToy(browser, name, seconds);
    for (let count = 0; count < 3; count += 1) await answer(browser, {});
    console.log(`the toy ${name} is open after ${took.toFixed(0)} s, and answered`);
    if (shot) await picture(browser, shot.replace(/(\.png)?$/, `-${name}.png`));
  }

  // The same replay, in the browser and outside.
  const replayed = await browser.evaluate(
    "import('./glad_web.js').then((program) => program.replay_toy('clusters', 7, 40))",
  );
  const page = join(folder, 'page.glad');
  const native = join(folder, 'native.glad');
  writeFileSync(page, replayed);
  const toy = join(here, '../datasets/clusters.csv');
  execFileSync(glad, ['replay', toy, '--seed', '7', '--budget', '40', '--save', native], { stdio: 'pipe' });
  compare(replayed, readFileSync(native, 'utf8'));
  assert.deepEqual(browser.said, [], 'the browser tells of errors');
  again.child.kill();
}

// Queries and answers must be the same, and the fitted detectors but for the last digits; how far
// they are is told.
function compare(page, native) {
  const steps = (text) => [...text.matchAll(/action: (Answer\(.*\)),\n.*\n\s*outcome: Some\(Trained\((\d+)\)\)/g)];
  const [here, there] = [steps(page), steps(native)];
  assert(there.length >= 40, 'the replay has steps');
  const answers = (all) => all.map((step) => step[1]);
  assert.deepEqual(answers(here), answers(there), 'another query, or another answer');
  const apart = here.findIndex((step, place) => step[2] !== there[place][2]);
  const numbers = (text) => text.slice(text.indexOf('\n  fitted: Some')).match(/-?\d+\.?\d*(e-?\d+)?/g).map(Number);
  const [fitted, expected] = [numbers(page), numbers(native)];
  assert.equal(fitted.length, expected.length, 'other detectors');
  const off = fitted.map((value, place) => Math.abs(value - expected[place]) / Math.max(1, Math.abs(expected[place])));
  const others = off.filter((by) => by > 0).length;
  const most = off.reduce((one, other) => Math.max(one, other), 0);
  assert(most < 1e-4, `the detectors differ by ${most}`);
  console.log(`a replay of ${there.length} queries asks and answers the same in the browser and outside; of `
    + `${off.length} numbers of the fitted detectors ${others} differ, by ${most.toExponential(0)} at most; the weights `
    + `are the same to the bit ${apart < 0 ? 'after every query' : `up to query ${apart}`}`);
}

const server = await serve(0);
const chromium = await begin(process.env.CHROMIUM ?? 'chromium', [
  '--headless', '--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader',
  '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
  '--disable-sync', '--remote-debugging-port=0', `--user-data-dir=${join(folder, 'chromium')}`, 'about:blank',
], /DevTools listening on (ws:\S+)/, 'stderr');
const browser = await Browser.open(chromium.found);
let failed = false;
try {
  await run(browser, server);
} catch (why) {
  failed = true;
  console.error(why);
  if (shot && browser.page) await picture(browser, `${shot}.failed.png`).catch(() => {});
} finally {
  browser.socket.close();
  chromium.child.kill();
  server.child.kill();
  await pause(500);
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
process.exit(failed ? 1 : 0);
