// A real OpenID Connect provider for one client and a few invented people, on loopback only.
// node server.js '{"port": ..., "redirect": ..., "people": {"nino@example.org": {"groups": [...]}}}'
// Whoever types the address of one of the people is that person; there are no passwords.
import { createServer } from "node:http";
import Provider from "oidc-provider";

const { port, redirect, people } = JSON.parse(process.argv[2]);
const issuer = `http://127.0.0.1:${port}`;

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: "atlas",
      client_secret: "a secret of the tests",
      redirect_uris: [redirect],
      post_logout_redirect_uris: [redirect],
    },
  ],
  // As most providers do, and as Streamlit expects: what is said of a person stands in the token.
  conformIdTokenClaims: false,
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name", "groups"] },
  scopes: ["openid", "email", "profile"],
  pkce: { required: () => true },
  features: {
    devInteractions: { enabled: false },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: (ctx, form) => {
        ctx.body = page(`${form}<button form="op.logoutForm" name="logout" value="yes">Leave</button>`);
      },
    },
  },
  interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (ctx, id) =>
    id in people && {
      accountId: id,
      claims: () => ({ sub: id, email: id, email_verified: true, name: id, ...people[id] }),
    },
  cookies: { keys: ["a key of the tests"] },
  ttl: { AccessToken: 600, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
});

function page(body) {
  return `<!doctype html><html lang="en"><title>Provider</title><link rel="icon" href="data:,"><body>${body}</body></html>`;
}

const FORM = `<h1>Provider of the tests</h1><form method="post">
<label>Address <input name="address" autofocus></label><button>Go on</button></form>`;

async function fields(request) {
  let body = "";
  for await (const part of request) body += part;
  return new URLSearchParams(body);
}

const answer = provider.callback();

createServer(async (request, response) => {
  if (!request.url.startsWith("/interaction/")) return answer(request, response);
  try {
    const { params } = await provider.interactionDetails(request, response);
    const address = request.method === "POST" ? (await fields(request)).get("address") : null;
    if (!(address in people)) {
      response.setHeader("Content-Type", "text/html; charset=utf-8");
      return response.end(page(FORM));
    }
    const grant = new provider.Grant({ accountId: address, clientId: params.client_id });
    grant.addOIDCScope(params.scope);
    const consent = { grantId: await grant.save() };
    const result = { login: { accountId: address }, consent };
    await provider.interactionFinished(request, response, result, {
      mergeWithLastSubmission: false,
    });
  } catch (error) {
    response.statusCode = 500;
    response.end(String(error));
  }
}).listen(port, "127.0.0.1", () => console.log(`listening on ${issuer}`));
