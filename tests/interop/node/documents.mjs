// What every script here shares: one JSON value in, one JSON value out, and a loader that knows only what was
// handed in. Nothing touches the network: an address that is not at hand is an error, and sockets are shut.
import {Socket} from 'node:net';

Socket.prototype.connect = () => {
  throw new Error('the interoperability tests run without a network');
};

export async function readInput() {
  const chunks = [];
  for await(const chunk of process.stdin) {
    chunks.push(chunk);
  }
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

export function writeOutput(value) {
  process.stdout.write(JSON.stringify(value));
}

// documents: address -> JSON-LD document (contexts, DID documents, status lists).
export function makeLoader(documents) {
  const known = new Map(Object.entries(documents));
  for(const document of Object.values(documents)) {
    for(const method of [document.verificationMethod ?? []].flat()) {
      known.set(method.id, {'@context': 'https://w3id.org/security/multikey/v1', ...method});
    }
  }
  return async url => {
    if(!known.has(url)) {
      throw new Error(`not at hand: ${url}`);
    }
    // A fresh copy: a library that changes what it is given must not change what others are given.
    return {contextUrl: null, documentUrl: url, document: structuredClone(known.get(url))};
  };
}
