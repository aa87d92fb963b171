import { testOperations } from "../replay/operations.ts";

testOperations();
