import type { Clock } from "@holdfast/core";
import { type SchedulerAction, type SchedulerLike, Subscription } from "rxjs";

/** Lets the operators of RxJS that use time take ours: monotonic, and virtual in tests. */
export function clockScheduler(clock: Clock): SchedulerLike {
  return {
    now: () => clock.monotonic(),
    // The overloads of `schedule` differ only in whether the state may be absent.
    schedule<State>(work: Work<State>, delayMs = 0, state?: State): Subscription {
      return new ClockAction(clock, work).schedule(state, delayMs);
    },
  };
}

type Work<State> = (this: SchedulerAction<State>, state?: State) => void;

class ClockAction<State> extends Subscription implements SchedulerAction<State> {
  readonly #clock: Clock;
  readonly #work: Work<State>;
  #cancel: (() => void) | undefined;

  constructor(clock: Clock, work: Work<State>) {
    super();
    this.#clock = clock;
    this.#work = work;
    this.add(() => this.#cancel?.());
  }

  schedule(state?: State, delayMs = 0): Subscription {
    if (this.closed) return this;
    this.#cancel?.();
    this.#cancel = this.#clock.timer(delayMs, () => {
      this.#cancel = undefined;
      this.#work(state);
      // An action that did not schedule itself again is over.
      if (this.#cancel === undefined) this.unsubscribe();
    });
    return this;
  }
}
