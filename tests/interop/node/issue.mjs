// In:  {documents: {address: document}, seed: hex of 32 bytes, created: instant, credentials: [unsigned credential]}
// Out: {issuer: did:key of the seed, credentials: [signed credential]}; each credential's issuer becomes that DID.
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {issue} from '@digitalbazaar/vc';
import {makeLoader, readInput, writeOutput} from './documents.mjs';

const {documents, seed, created, credentials} = await readInput();
const documentLoader = makeLoader(documents);

const keyPair = await Ed25519Multikey.generate({seed: Uint8Array.from(Buffer.from(seed, 'hex'))});
const issuer = `did:key:${keyPair.publicKeyMultibase}`;
keyPair.controller = issuer;
keyPair.id = `${issuer}#${keyPair.publicKeyMultibase}`;

const signed = [];
for(const credential of credentials) {
  credential.issuer.id = issuer;
  const suite = new DataIntegrityProof({signer: keyPair.signer(), date: created, cryptosuite});
  signed.push(await issue({credential, suite, documentLoader, now: created}));
}
writeOutput({issuer, credentials: signed});
