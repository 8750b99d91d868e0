// In:  {documents: {address: document}, credentials: [credential]}
// Out: [{verified, revoked, error}], in the same order. `revoked` is null where no status was read.
import {checkStatus as checkBitstring} from '@digitalbazaar/vc-bitstring-status-list';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {makeLoader, readInput, writeOutput} from './documents.mjs';
import {verifyCredential} from '@digitalbazaar/vc';

const {documents, credentials} = await readInput();
const documentLoader = makeLoader(documents);

// The library reports the bit and leaves its meaning to the caller: a set bit is no failed proof.
const checkStatus = options => checkBitstring({
  ...options, verifyBitstringStatusListCredential: true, verifyMatchingIssuers: true
});

function sentence(error) {
  const causes = error?.errors ?? [];
  return error ? [error.message, ...causes.map(sentence)].join(' | ') : null;
}

const answers = [];
for(const credential of credentials) {
  const suite = new DataIntegrityProof({cryptosuite});
  const result = await verifyCredential({credential, suite, documentLoader, checkStatus});
  const status = result.statusResult;
  answers.push({
    verified: result.verified,
    revoked: status?.results ? status.results.some(entry => entry.status) : null,
    error: sentence(result.error ?? status?.error)
  });
}
writeOutput(answers);
