// A thread of the program: one that works, or the one that has the browser's storage.

import init, { Storage, go_without_storage, work } from './glad_web.js';

const pause = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

// A file that this page has for itself. The page before may just be closing.
async function open(folder, name) {
  const file = await folder.getFileHandle(name, { create: true });
  for (let left = 80; ; left -= 1) {
    try {
      return await file.createSyncAccessHandle();
    } catch (why) {
      if (why.name !== 'NoModificationAllowedError' || left === 0) throw why;
      await pause(25);
    }
  }
}

async function files() {
  const folder = await navigator.storage.getDirectory();
  return [await open(folder, 'glad-log-a'), await open(folder, 'glad-log-b')];
}

// Opened at once: the program is still on its way.
const opened = self.name === 'glad-storage' ? files() : null;
// Why they did not open is asked for below.
opened?.catch(() => {});

async function storage() {
  try {
    const [first, second] = await opened;
    return new Storage(first, second);
  } catch (why) {
    const taken = why.name === 'NoModificationAllowedError';
    go_without_storage(taken
      ? 'another tab of this browser has the storage of this page'
      : `this browser gives the page no storage (${why.message ?? why})`);
    return null;
  }
}

self.onmessage = async ({ data: { module, memory, number } }) => {
  await init({ module_or_path: module, memory });
  if (number !== undefined) {
    work(number);
    return;
  }
  const kept = await storage();
  self.postMessage('open');
  kept?.keep();
};
