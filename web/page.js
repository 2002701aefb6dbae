// Loads the program, opens the browser's storage, and starts the window.

import init, { shared, start } from './glad_web.js';

const tell = (text) => { document.getElementById('told').textContent = text; };

// A worker has failed; whatever it had to do is not done any more.
globalThis.gladFailed = (why) => {
  tell(`GLAD has stopped (${why}). What it says was written is in this browser: reload the page to go on.`);
};

// The worker that has the storage: it loads its script and opens its files while the program is
// still being compiled.
const keeper = globalThis.crossOriginIsolated
  && new Worker('./worker.js', { type: 'module', name: 'glad-storage' });

// Opens the storage, and brings back what it holds.
function storage() {
  return new Promise((resolve, reject) => {
    keeper.onmessage = ({ data }) => resolve(data);
    keeper.onerror = (event) => { globalThis.gladFailed(event.message); reject(event.message); };
    keeper.postMessage(shared());
  });
}

async function load() {
  if (!globalThis.crossOriginIsolated) {
    tell('GLAD needs a server that isolates the page: web/serve does, and web/README.md says how others do.');
    return;
  }
  await init();
  performance.mark('glad-program');
  // The browser may clear what it keeps for a page when it runs out of room, unless it is asked.
  navigator.storage?.persist?.();
  await storage();
  performance.mark('glad-storage');
  await start(document.getElementById('glad'));
  performance.mark('glad-window');
  // The window paints in the next frame; in the one after that it is on the screen.
  requestAnimationFrame(() => requestAnimationFrame(() => performance.mark('glad-picture')));
  document.getElementById('glad').focus();
  tell('');
}

load().catch((why) => tell(`GLAD could not be started: ${why}`));
