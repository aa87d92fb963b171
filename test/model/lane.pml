/*
 * One lane and two senders. README.md beside this says what each step is in the code.
 *
 * A person makes an object, sets its details twice and closes it, or stops anywhere before that. Two tabs contend for
 * sending this. Either may freeze (it takes no step), crash, lose its lease and find it again; the power may go; the
 * network delays, doubles and drops, and lets requests land after they were given up; time passes.
 *
 * With -D and the name of a guard in capitals the model lacks that guard.
 */

/*
 * Time, in ticks. What counts is their order: the platform keeps a nonce for longer than a create may be repeated
 * without a look and then travel (WINDOW + LATE < NONCE_KEPT). What takes a minute at most is over within a tick or two:
 * an attempt, the lag of a search, a finding that is still good.
 */
#ifndef WINDOW
#define WINDOW 1
#endif
#ifndef LATE
#define LATE 1            /* from the moment it leaves: requestTimeoutMs + lateMs */
#endif
#define NONCE_KEPT 3

/* Operations 1 to 4. A request carries those from `from` + 1 to `to`; one that restores something carries none. */
#define CREATED 1
#define EDITED 3
#define CLOSED 4
#define details(to) ((to) <= CREATED -> 0 : ((to) < EDITED -> 1 : 2))
#define isCreate(from, to) ((from) == 0)
#define isClose(from, to) ((from) == EDITED && (to) == CLOSED)

/* -------------------------------------------- The rows of the device's database -------------------------------------------- */

byte called = 0;          /* outbox: so many operations were called */
byte acked = 0;           /* so many of them are acknowledged */
bit restores = 0;         /* outbox: an operation that sets again what went back */
bit nonce = 0;            /* of the create, in its outbox row */
byte base = 0;            /* the details last known from the platform */
bit journalled = 0;       /* a journal row whose outcome is not known, and what it carries */
byte jFrom = 0;
byte jTo = 0;
byte jAge = 0;            /* ticks since its `firstAttempt` */
bit shade = 0;            /* the journal row of a setDetails 1 that was given up and may still land */
byte shadeAge = 0;
bit closing = 0;          /* the journal row of an accepted close */
bit settled = 0;
bit reported = 0;         /* closedWithForeignChange */

#define NOBODY 2
byte owner = NOBODY;      /* the lease: whose epoch the row holds. Each raise is another epoch, of one term of one sender */
bit lapsed = 1;           /* its time is over */
bit underLock = 1;        /* it was raised under the lock */

/* What the power takes along: the last relaxed write. */
bit relaxed = 0;
byte baseBefore = 0;
bit shadeBefore = 0;
bit journalIsRelaxed = 0; /* only without the guard */

/* --------------------------------------------------- What a tab remembers --------------------------------------------------- */

mtype = {
  waiting, given, contending,                     /* contend */
  leading, looking,                               /* Intake, Journaller, Shades, Closings */
  unwritten,                                      /* only without the guard */
  sending, checked, awaiting,                     /* Dispatcher */
  resolving, lookingUp,                           /* Doubts */
  acknowledging, renewing, parking                /* Outcomes */
};
mtype at[2] = waiting;
bit mayAct[2];            /* its lease is current by both clocks */
bit sawLapse[2];          /* the row that it saw lapse is still the row */
bit inDoubt[2];           /* an attempt may have reached the platform, and no answer said so */
bit fresh[2];             /* what it found is less than 30 s old */
bit looked[2];            /* so is its look at the object, and nothing of that has changed since */
byte seen[2];
bit over[2];
byte lock = NOBODY;       /* the Web Lock */

/* ------------------------------------------------ The network, the platform ------------------------------------------------- */

mtype = { nothing, done, invalid, refused, cut };
mtype answer[2] = nothing;
#define COPIES 2
typedef Request { bit there; byte from; byte to; bit nonce; byte age; byte sender };
Request net[COPIES];      /* on their way, given up ones included */

byte objects = 0;
byte effect = 0;          /* so many of the operations were in effect once */
byte value = 0;           /* the details */
bit indexed = 0;          /* a search shows the object */
bit remembered[2];        /* nonces, with the body of their first request */
byte nonceAge[2];
byte body[2];

/* Faults: any number of them; only so many where the question is whether it comes to an end. */
#ifdef FAULTS
byte faults = FAULTS;
#define canFail (faults > 0)
#define fail faults--
#else
#define canFail true
#define fail skip
#endif

/* --------------------------------------------------------- The person -------------------------------------------------------- */

/* After a strict write the power takes nothing along any more. */
inline strict() {
  relaxed = 0;
  baseBefore = 0;
  shadeBefore = 0;
  if
  :: !journalled -> jFrom = 0; jTo = 0; jAge = 0
  :: else
  fi
}

active proctype Person() {
end:
  do
  :: d_step { called < CLOSED -> called++; strict(); journalIsRelaxed = 0 }
  :: called > 0 -> break
  od
}

/* -------------------------------------------------------- The platform ------------------------------------------------------- */

inline land(after, upTo, its, reply) {
  if
  :: isCreate(after, upTo) && remembered[its] && body[its] == upTo -> reply = done
  :: isCreate(after, upTo) && remembered[its] && body[its] != upTo -> reply = invalid
  :: isCreate(after, upTo) && !remembered[its] ->
     assert(objects == 0);                        /* once in effect */
     objects = 1;
     effect = upTo;
     value = details(upTo);
     remembered[its] = 1;
     body[its] = upTo;
     reply = done
  :: isClose(after, upTo) ->
     assert(effect >= EDITED);                    /* order */
     effect = CLOSED;
     reply = done
  :: else ->
     if
     :: effect == CLOSED -> reply = refused
     :: else ->
        assert(effect >= after);                  /* order */
        effect = (upTo > effect -> upTo : effect);
        value = details(upTo);
        reply = done
     fi
  fi
}

/* --------------------------------------------------------- The network ------------------------------------------------------- */

inline vanish(i) {
  net[i].there = 0;
  net[i].from = 0;
  net[i].to = 0;
  net[i].nonce = 0;
  net[i].age = 0;
  net[i].sender = NOBODY
}

inline tell(i, what) {
  if
  :: net[i].sender != NOBODY -> answer[net[i].sender] = what; net[i].sender = NOBODY
  :: else
  fi
}

proctype Way(bit i) {
  mtype reply = nothing;
end:
  do
  /* It lands. The answer comes back or does not; where it does not, another copy may still be on its way. */
  :: atomic {
       net[i].there -> land(net[i].from, net[i].to, net[i].nonce, reply);
       if
       :: tell(i, reply); vanish(i)
       :: canFail -> fail; tell(i, cut); vanish(i)
       :: canFail -> fail; tell(i, cut)
       fi;
       reply = nothing
     }
  /* It is lost. */
  :: atomic { net[i].there && canFail -> fail; tell(i, cut); vanish(i) }
  /* It is given up, and goes on. */
  :: atomic { net[i].there && net[i].sender != NOBODY && canFail -> fail; tell(i, cut) }
  od
}

#define hasRoom (!net[0].there || !net[1].there)

#define hasWork (restores || acked < called)
#define closeIsNext (!restores && acked == EDITED && called == CLOSED)

/* ------------------------------------------------------------ Time ----------------------------------------------------------- */

inline older(what, bound) { what = (what < bound -> what + 1 : bound) }

inline olderRequest(i) {
  if
  :: net[i].there && net[i].age == LATE -> vanish(i)
  :: net[i].there && net[i].age < LATE -> net[i].age++
  :: else
  fi
}

inline olderNonce(i) {
  if
  :: remembered[i] && nonceAge[i] + 1 == NONCE_KEPT -> remembered[i] = 0; nonceAge[i] = 0; body[i] = 0
  :: remembered[i] && nonceAge[i] + 1 < NONCE_KEPT -> nonceAge[i]++
  :: else
  fi
}

#define isOpen(i) (net[i].there && net[i].sender != NOBODY && net[i].age == LATE)
#define hasYoung ((journalled || relaxed) && isCreate(jFrom, jTo) && jAge <= WINDOW || shade && shadeAge <= LATE || net[0].there || net[1].there \
  || remembered[0] || remembered[1] || fresh[0] || fresh[1] || looked[0] || looked[1])

/* No create can leave or land any more: whether its nonce is remembered makes no difference, and no state. */
#define noCreate (acked > 0 && !(relaxed && isCreate(jFrom, jTo)) \
  && !(net[0].there && isCreate(net[0].from, net[0].to)) && !(net[1].there && isCreate(net[1].from, net[1].to)))

/* Whoever asks whether it comes to an end has to let what was found be used. */
#ifdef NO_CYCLES
#define inTime (!fresh[0] && !fresh[1] && !(closeIsNext && !journalled && (looked[0] || looked[1])))
#else
#define inTime true
#endif

active proctype Time() {
end:
  do
  /* A sender gives up in time, and a search shows in time what is there. */
  :: d_step {
       hasYoung && inTime && !isOpen(0) && !isOpen(1) && (objects == 0 || indexed) ->
       if
       :: (journalled || relaxed) && isCreate(jFrom, jTo) -> older(jAge, WINDOW + 1)
       :: else
       fi;
       if
       :: shade -> older(shadeAge, LATE + 1)
       :: else
       fi;
       olderRequest(0);
       olderRequest(1);
       olderNonce(0);
       olderNonce(1);
       if
       :: noCreate -> remembered[0] = 0; remembered[1] = 0; nonceAge[0] = 0; nonceAge[1] = 0; body[0] = 0; body[1] = 0
       :: else
       fi;
       fresh[0] = 0; fresh[1] = 0;
       looked[0] = 0; looked[1] = 0
     }
  :: d_step { objects > 0 && !indexed -> indexed = 1 }
  od
}

/* --------------------------------------------------------- A sender ---------------------------------------------------------- */

/* What a tab had in memory is gone, its lock is free. What is on its way goes on. */
inline forget(me) {
  if :: net[0].sender == me -> net[0].sender = NOBODY :: else fi;
  if :: net[1].sender == me -> net[1].sender = NOBODY :: else fi;
  if :: lock == me -> lock = NOBODY :: else fi;
  at[me] = waiting;
  answer[me] = nothing;
  mayAct[me] = 0;
  sawLapse[me] = 0;
  inDoubt[me] = 0;
  fresh[me] = 0;
  looked[me] = 0;
  seen[me] = 0;
  over[me] = 0
}

inline endTerm(me) {
  forget(me);
  if :: owner == me -> lapsed = 1 :: else fi
}

#ifdef NO_COMPARE
#define isTheSame(me) true
#else
#define isTheSame(me) sawLapse[me]
#endif

inline raise(me, isLocked) {
  owner = me;
  lapsed = 0;
  underLock = isLocked;
  sawLapse[0] = 0; sawLapse[1] = 0;
  mayAct[me] = 1;
  at[me] = leading
}

#ifdef NO_FENCE
#define fenced(me) true
#else
#define fenced(me) (owner == me)
#endif

#define leads(me) (at[me] != waiting && at[me] != given && at[me] != contending)

inline renew(me) {
  lapsed = 0;
  sawLapse[0] = 0; sawLapse[1] = 0;
  mayAct[me] = 1
}

#ifdef NO_LOOK
#define looksFirst(me) false
#else
#define looksFirst(me) (closeIsNext && couldGoBack && !looked[me])
#endif
#define couldGoBack (shade && acked == EDITED && base == 2)

/* planLane: everything into the create; edits together; a close alone, behind what restores. */
inline plan() {
  jFrom = acked;
  if
  :: restores -> jTo = acked
  :: !restores && acked == 0 -> jTo = called
  :: !restores && acked == EDITED -> jTo = CLOSED
  :: else -> jTo = (called < EDITED -> called : EDITED)
  fi
}

inline journal() {
  plan();
  journalled = 1;
  jAge = 0;
  strict()
}

inline acknowledge(me) {
  assert(objects == 1 && effect >= jTo);          /* acked is in effect */
  relaxed = 1;
  baseBefore = base;
  shadeBefore = shade;
  journalled = 0;
  restores = 0;
  acked = jTo;
  base = details(jTo);
  looked[me] = 0;
  if
#ifndef NO_SHADE
  :: inDoubt[me] && jFrom == CREATED && jTo < EDITED -> shade = 1; shadeAge = 0
#endif
  :: isClose(jFrom, jTo) -> closing = 1
  :: isCreate(jFrom, jTo) && jTo == CLOSED ->
     assert(effect == CLOSED && value == 2);      /* honesty */
     settled = 1
  :: else
  fi;
  inDoubt[me] = 0
}

#ifdef NO_STALE
#define isFresh(me) true
#else
#define isFresh(me) fresh[me]
#endif
#ifdef NO_WINDOW
#define isInside true
#else
#define isInside (jAge <= WINDOW)
#endif
#define mayLeave(me) (!inDoubt[me] || isClose(jFrom, jTo) || isCreate(jFrom, jTo) && isInside || isFresh(me))

inline post(me, i) {
  assert(owner == me);                            /* one voice */
  fresh[me] = 0;
  net[i].there = 1;
  net[i].from = jFrom;
  net[i].to = jTo;
  net[i].nonce = nonce;
  net[i].sender = me;
  at[me] = awaiting
}

inline send(me) {
#ifdef NONCE_PER_ATTEMPT
  nonce = 1 - nonce;
#endif
#ifdef WINDOW_RESTARTS
  jAge = 0;
#endif
  if
  :: !net[0].there -> post(me, 0)
  :: else -> post(me, 1)
  fi
}

proctype Sender(bit me) {
end:
  do
  /* contend */
  :: d_step { at[me] == waiting && lock == NOBODY -> lock = me; at[me] = given }
  :: d_step { at[me] == waiting && lock == 1 - me && lapsed -> sawLapse[me] = 1; at[me] = contending }
  :: d_step { at[me] == contending && isTheSame(me) -> raise(me, lock == me) }
  :: d_step { at[me] == contending && !isTheSame(me) -> endTerm(me) }
#ifdef GIVEN_BLINDLY
  :: d_step { at[me] == given -> raise(me, 1) }
#else
  :: d_step { at[me] == given && underLock -> raise(me, 1) }
  :: d_step { at[me] == given && !underLock && lapsed -> sawLapse[me] = 1; at[me] = contending }
#endif

  /* Intake: what an earlier sender journalled is in doubt. */
#ifdef INHERITED_IS_UNSENT
  :: d_step { at[me] == leading && journalled && fenced(me) -> journalled = 0; strict() }
#else
  :: d_step { at[me] == leading && journalled -> inDoubt[me] = 1; at[me] = resolving }
#endif

  /* Journaller */
#ifdef NO_WRITE_AHEAD
  :: d_step { at[me] == leading && !journalled && hasWork && !looksFirst(me) && mayAct[me] && hasRoom -> plan(); send(me); at[me] = unwritten }
  :: d_step { at[me] == unwritten && fenced(me) -> journalled = 1; jAge = 0; strict(); at[me] = awaiting }
#else
  :: d_step { at[me] == leading && !journalled && hasWork && !looksFirst(me) && fenced(me) ->
       journal();
#ifdef RELAXED_JOURNAL
       journalIsRelaxed = 1;
#endif
       at[me] = sending }
#endif

  /* Shades: a look before the close, and one when nothing can land any more. */
  :: d_step { at[me] == leading && !journalled && couldGoBack && mayAct[me] && (looksFirst(me) || shadeAge > LATE) ->
       over[me] = (shadeAge > LATE);
       seen[me] = value;
       looked[me] = 1;
       at[me] = looking }
  :: d_step { at[me] == looking && fenced(me) ->
       strict();
       restores = (seen[me] != base);
       base = seen[me];
       if
       :: over[me] -> shade = 0; shadeAge = 0
       :: else
       fi;
       over[me] = 0;
       seen[me] = 0;
       at[me] = leading }
  :: d_step { at[me] == leading && !journalled && shade && shadeAge > LATE && !couldGoBack && fenced(me) ->
       shade = 0; shadeAge = 0; strict() }

  /* Closings: what was closed is compared with what was known. */
  :: d_step { at[me] == leading && closing && mayAct[me] && fenced(me) ->
       closing = 0;
       settled = 1;
#ifndef NO_COMPARISON
       reported = (value != base);
#endif
       assert(effect == CLOSED && (value == 2 || reported)) } /* honesty */

  /* Dispatcher: from the check of the lease to `fetch` nothing else happens. */
#ifdef CHECKED_BEFORE
  :: d_step { at[me] == sending && mayAct[me] && mayLeave(me) -> at[me] = checked }
  :: d_step { at[me] == checked && hasRoom -> send(me) }
#else
#ifdef NO_LEASE_CHECK
  :: d_step { at[me] == sending && mayLeave(me) && hasRoom -> send(me) }
#else
  :: d_step { at[me] == sending && mayAct[me] && mayLeave(me) && hasRoom -> send(me) }
#endif
#endif
  :: d_step { at[me] == sending && mayAct[me] && !mayLeave(me) -> at[me] = resolving }

  /* Carrier: what an answer means. */
  :: d_step { at[me] == awaiting && answer[me] == done -> answer[me] = nothing; at[me] = acknowledging }
#ifdef CUT_IS_REFUSED
  :: d_step { at[me] == awaiting && answer[me] == cut -> answer[me] = nothing; at[me] = renewing }
#else
  :: d_step { at[me] == awaiting && answer[me] == cut -> answer[me] = nothing; inDoubt[me] = 1; at[me] = resolving }
#endif
  :: d_step { at[me] == awaiting && answer[me] == invalid && inDoubt[me] -> answer[me] = nothing; at[me] = lookingUp }
  :: d_step { at[me] == awaiting && answer[me] == invalid && !inDoubt[me] -> answer[me] = nothing; at[me] = renewing }
  :: d_step { at[me] == awaiting && answer[me] == refused && inDoubt[me] -> answer[me] = nothing; at[me] = resolving }
  :: d_step { at[me] == awaiting && answer[me] == refused && !inDoubt[me] -> answer[me] = nothing; at[me] = parking }

  /* Doubts: a create by its nonce and then its key, a close again, an edit by a describe. */
  :: d_step { at[me] == resolving && isCreate(jFrom, jTo) && isInside -> at[me] = sending }
  :: d_step { at[me] == resolving && isClose(jFrom, jTo) -> at[me] = sending }
  :: d_step { at[me] == resolving && isCreate(jFrom, jTo) -> at[me] = lookingUp }
#ifdef NO_LOOK_UP
  :: d_step { at[me] == lookingUp -> fresh[me] = 1; at[me] = sending }
#else
  :: d_step { at[me] == lookingUp && mayAct[me] && indexed -> at[me] = acknowledging }
#ifdef NEW_NONCE_AFTER_LOOK_UP
  :: d_step { at[me] == lookingUp && mayAct[me] && !indexed && fenced(me) -> at[me] = renewing }
#else
  :: d_step { at[me] == lookingUp && mayAct[me] && !indexed -> fresh[me] = 1; at[me] = sending }
#endif
#endif
  :: d_step { at[me] == resolving && !isCreate(jFrom, jTo) && !isClose(jFrom, jTo) && mayAct[me] ->
       if
       :: value == details(jTo) -> at[me] = acknowledging
       :: value != details(jTo) && effect != CLOSED && value == base -> fresh[me] = 1; at[me] = sending
       :: else -> at[me] = parking
       fi }

  /* Outcomes */
  :: d_step { at[me] == acknowledging && fenced(me) -> acknowledge(me); at[me] = leading }
  :: d_step { at[me] == renewing && fenced(me) -> nonce = 1 - nonce; journalled = 0; inDoubt[me] = 0; strict(); at[me] = leading }
  :: d_step { at[me] == parking && fenced(me) -> assert(false) } /* only what must be refused is parked */

  /* Term: a heartbeat; the end of a term that was replaced, or for any other reason. */
  :: d_step { leads(me) && !mayAct[me] && fenced(me) -> renew(me) }
  :: d_step { leads(me) && !fenced(me) -> endTerm(me) }
  :: atomic { at[me] != waiting && at[me] != contending && canFail -> fail; endTerm(me) }

  /* A crash. The lease lapses: nobody renews it, or a heartbeat does not come in its time. */
  :: atomic { at[me] != waiting && canFail -> fail; forget(me) }
  :: atomic { !lapsed && canFail -> fail; lapsed = 1; mayAct[0] = 0; mayAct[1] = 0 }
  :: d_step { !lapsed && owner == me && !leads(me) -> lapsed = 1 }

  /* The power goes. */
  :: atomic {
       (relaxed || journalIsRelaxed) && canFail ->
       d_step {
         fail;
         forget(0);
         forget(1);
         if
         :: relaxed ->
            journalled = 1;
            restores = (jFrom == jTo);
            acked = jFrom;
            base = baseBefore;
            shade = shadeBefore;
            closing = 0
         :: else
         fi;
         if
         :: journalIsRelaxed -> journalled = 0
         :: else
         fi;
         journalIsRelaxed = 0;
         strict()
       }
     }
  od
}

init {
  atomic {
    net[0].sender = NOBODY;
    net[1].sender = NOBODY;
    run Way(0);
    run Way(1);
    run Sender(0);
    run Sender(1)
  }
}

/* ------------------------------------------------- It comes to an end ------------------------------------------------------- */

/*
 * When no fault is left and nothing more happens, all is as it was called. That something always happens until then, and
 * nothing for ever, is what the search for cycles says: there are none.
 */
active proctype End() {
  timeout -> assert(acked == called && !journalled && !closing && !restores && (called < CLOSED || settled)
    && (value == details(called) || reported))    /* convergence */
}
