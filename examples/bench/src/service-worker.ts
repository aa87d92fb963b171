import { serveBackground } from "holdfast/service-worker";
import { keptToken } from "./model/kept-token.ts";

// Sends what closed tabs have left, with the token that the person has let this browser keep.
serveBackground({ token: keptToken });
