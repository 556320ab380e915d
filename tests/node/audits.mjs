// Runs the server audits of graphql-http against URL with TOKEN and prints [{id, name, status, reason}].
import { serverAudits } from "graphql-http";

const { URL: url, TOKEN: token } = process.env;
const fetchFn = (input, init = {}) =>
  fetch(input, { ...init, headers: { ...init.headers, authorization: `Bearer ${token}` } });

const results = [];
for (const audit of serverAudits({ url, fetchFn })) {
  const { id, name, status, reason } = await audit.fn();
  results.push({ id, name, status, reason });
}
console.log(JSON.stringify(results));
