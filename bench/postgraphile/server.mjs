// PostGraphile 5 on the hub's database: same role, same scope settings in every transaction, one process, no watching.
import { createServer } from "node:http";
import { grafserv } from "postgraphile/grafserv/node";
import { postgraphile } from "postgraphile";
import { makePgService } from "postgraphile/adaptors/pg";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";

const given = JSON.parse(process.env.BENCH_POSTGRAPHILE);

const preset = {
  extends: [PostGraphileAmberPreset],
  // Relations that no index of exactly their columns backs are wanted all the same: the tables have better ones.
  disablePlugins: ["PgIndexBehaviorsPlugin"],
  pgServices: [
    makePgService({
      poolConfig: {
        host: given.host,
        port: given.port,
        database: given.database,
        user: given.user,
        password: given.password,
        max: given.pool,
        options: "-c jit=off -c timezone=Asia/Shanghai",
      },
      schemas: ["public", "bench"],
    }),
  ],
  grafast: { explain: false, context: () => ({ pgSettings: given.settings }) },
  grafserv: { graphqlPath: "/graphql", graphiql: false, websockets: false, watch: false, maxRequestLength: 262144 },
};

const server = createServer();
server.on("error", (error) => {
  console.error(error);
  process.exit(1);
});
const instance = postgraphile(preset).createServ(grafserv);
await instance.addTo(server);
server.listen(given.listen, "127.0.0.1");
