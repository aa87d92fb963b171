import { serveBackground } from "holdfast/service-worker";

serveBackground({
  token: async ({ user }) => {
    const answer = await fetch(`/session/token?user=${user}`); // by the app's own means
    return answer.ok ? await answer.text() : undefined; // nobody is signed in
  },
});
