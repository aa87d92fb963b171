/** Permission levels, lowest first (CS §1.5). `NONE` travels as null or as an absent key. */
export type Level = "NONE" | "VIEW" | "UPLOAD" | "CONTRIBUTE" | "ADMINISTER";

export const levels: readonly Level[] = ["NONE", "VIEW", "UPLOAD", "CONTRIBUTE", "ADMINISTER"];

export function reaches(level: Level, needed: Level): boolean {
  return levels.indexOf(level) >= levels.indexOf(needed);
}
