// What the Digital Credentials Consortium's verifier says, with everything that it fetches handed in.
// In:  {documents: {address: document}, credentials: [credential]}
// Out: [{log: {step: valid}, errors: [name and message]}], in the same order.
import {readInput, writeOutput} from './documents.mjs';

const {documents, credentials} = await readInput();

globalThis.fetch = async request => {
  const url = String(request?.url ?? request);
  if(!(url in documents)) {
    throw new Error(`not at hand: ${url}`);
  }
  return new Response(JSON.stringify(documents[url]), {
    status: 200, headers: {'content-type': 'application/json'}
  });
};
// It writes to the console as it goes; only the answer belongs on standard output.
for(const name of ['log', 'info', 'warn', 'error', 'debug']) {
  console[name] = () => {};
}

const {verifyCredential} = await import('@digitalcredentials/verifier-core');

const answers = [];
for(const credential of credentials) {
  const result = await verifyCredential({
    credential, knownDIDRegistries: [], reloadIssuerRegistry: false
  });
  const log = Object.fromEntries((result.log ?? []).map(step => [step.id, step.valid ?? null]));
  const stepErrors = (result.log ?? []).map(step => step.error).filter(Boolean);
  const errors = [...(result.errors ?? []), ...stepErrors].map(error => `${error.name}: ${error.message}`);
  answers.push({log, errors});
}
writeOutput(answers);
