// A stock urql client against URL with TOKEN: a query, one with variables, an error, a missing token; prints the results.
import { Client, fetchExchange } from "@urql/core";

const { URL: url, TOKEN: token } = process.env;
const client = (headers) => new Client({ url, exchanges: [fetchExchange], fetchOptions: { headers } });
const mine = client({ authorization: `Bearer ${token}` });
const told = ({ data, error }) => ({
  data,
  errors: error?.graphQLErrors.map((each) => ({ message: each.message, code: each.extensions.code })),
  network: error?.networkError?.message,
});

const page = "query Page($first: Int!) { doubleListItems(first: $first) { totalCount nodes { id } } }";
console.log(
  JSON.stringify({
    plain: told(await mine.query("{ viewer { clientId } }", {})),
    variables: told(await mine.query(page, { first: 2 })),
    field: told(await mine.query(page, { first: 101 })),
    document: told(await mine.query("{ nothing }", {})),
    anonymous: told(await client({}).query("{ viewer { clientId } }", {})),
  }),
);
