// A thread of the program: one that works, or the one that has the browser's storage.

import init, { Storage, go_without_storage, work } from './glad_web.js';

const pause = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

// A file that this page has for itself. The page before may just be closing.
async function open(folder, name) {
  const file = await folder.getFileHandle(name, { create: true });
  for (let left = 20; ; left -= 1) {
    try {
      return await file.createSyncAccessHandle();
    } catch (why) {
      if (why.name !== 'NoModificationAllowedError' || left === 0) throw why;
      await pause(100);
    }
  }
}

async function storage() {
  try {
    const folder = await navigator.storage.getDirectory();
    const first = await open(folder, 'glad-log-a');
    return new Storage(first, await open(folder, 'glad-log-b'));
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
