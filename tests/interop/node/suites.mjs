// Every cryptosuite of theirs: sign, derive, verify.
// In:  {documents: {address: document}, keys: {name: private JWK, or hex seed for Ed25519}, created: instant,
//       tasks: [{act: 'sign', suite, key, credential, mandatoryPointers?}
//              | {act: 'derive', credential, selectivePointers} | {act: 'verify', credential}]}
// Out: for each task {credential} or {verified, error}.
import * as EcdsaMultikey from '@digitalbazaar/ecdsa-multikey';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import * as ecdsaJcs from '@digitalbazaar/ecdsa-jcs-2019-cryptosuite';
import * as ecdsaSd from '@digitalbazaar/ecdsa-sd-2023-cryptosuite';
import * as eddsaJcs from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import {cryptosuite as ecdsaRdfc} from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite';
import {cryptosuite as eddsaRdfc} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {derive, issue, verifyCredential} from '@digitalbazaar/vc';
import {makeLoader, readInput, writeOutput} from './documents.mjs';

const {documents, keys, created, tasks} = await readInput();
const documentLoader = makeLoader(documents);

const SUITES = {
  'eddsa-rdfc-2022': {sign: () => eddsaRdfc, verify: () => eddsaRdfc},
  'ecdsa-rdfc-2019': {sign: () => ecdsaRdfc, verify: () => ecdsaRdfc},
  'eddsa-jcs-2022': {sign: eddsaJcs.createSignCryptosuite, verify: eddsaJcs.createVerifyCryptosuite},
  'ecdsa-jcs-2019': {sign: ecdsaJcs.createSignCryptosuite, verify: ecdsaJcs.createVerifyCryptosuite},
  'ecdsa-sd-2023': {
    sign: ({mandatoryPointers}) => ecdsaSd.createSignCryptosuite({mandatoryPointers}),
    verify: ecdsaSd.createVerifyCryptosuite
  }
};

async function keyPairOf(name) {
  const given = keys[name];
  const pair = typeof given === 'string' ?
    await Ed25519Multikey.generate({seed: Uint8Array.from(Buffer.from(given, 'hex'))}) :
    await EcdsaMultikey.fromJwk({jwk: given, secretKey: true});
  const {publicKeyMultibase} = await pair.export({publicKey: true});
  pair.controller = `did:key:${publicKeyMultibase}`;
  pair.id = `${pair.controller}#${publicKeyMultibase}`;
  return pair;
}

function sentence(error) {
  return error ? [error.message, ...(error.errors ?? []).map(sentence)].join(' | ') : null;
}

const acts = {
  async sign({suite, key, credential, mandatoryPointers}) {
    const pair = await keyPairOf(key);
    credential.issuer.id = pair.controller;
    const proof = new DataIntegrityProof({
      signer: pair.signer(), date: created, cryptosuite: SUITES[suite].sign({mandatoryPointers})
    });
    return {credential: await issue({credential, suite: proof, documentLoader, now: created})};
  },
  async derive({credential, selectivePointers}) {
    const suite = new DataIntegrityProof({
      cryptosuite: ecdsaSd.createDiscloseCryptosuite({selectivePointers})
    });
    return {credential: await derive({verifiableCredential: credential, suite, documentLoader})};
  },
  async verify({credential}) {
    const proof = [credential.proof].flat()[0];
    const suite = new DataIntegrityProof({cryptosuite: SUITES[proof.cryptosuite].verify()});
    const result = await verifyCredential({
      credential, suite, documentLoader, checkStatus: async () => ({verified: true})
    });
    return {verified: result.verified, error: sentence(result.error)};
  }
};

const answers = [];
for(const task of tasks) {
  answers.push(await acts[task.act](task));
}
writeOutput(answers);
