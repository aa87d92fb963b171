#define rand	pan_rand
#define pthread_equal(a,b)	((a)==(b))
#if defined(HAS_CODE) && defined(VERBOSE)
	#ifdef BFS_PAR
		bfs_printf("Pr: %d Tr: %d\n", II, t->forw);
	#else
		cpu_printf("Pr: %d Tr: %d\n", II, t->forw);
	#endif
#endif
	switch (t->forw) {
	default: Uerror("bad forward move");
	case 0:	/* if without executable clauses */
		continue;
	case 1: /* generic 'goto' or 'skip' */
		IfNotBlocked
		_m = 3; goto P999;
	case 2: /* generic 'else' */
		IfNotBlocked
		if (trpt->o_pm&1) continue;
		_m = 3; goto P999;

		 /* PROC :init: */
	case 3: // STATE 1 - lane.pml:561 - [(run Copy(0))] (0:0:0 - 1)
		IfNotBlocked
		reached[5][1] = 1;
		if (!(addproc(II, 1, 1, 0)))
			continue;
		_m = 3; goto P999; /* 0 */
	case 4: // STATE 2 - lane.pml:561 - [(run Copy(1))] (0:0:0 - 1)
		IfNotBlocked
		reached[5][2] = 1;
		if (!(addproc(II, 1, 1, 1)))
			continue;
		_m = 3; goto P999; /* 0 */
	case 5: // STATE 3 - lane.pml:565 - [(run Sender(0))] (0:0:0 - 1)
		IfNotBlocked
		reached[5][3] = 1;
		if (!(addproc(II, 1, 4, 0)))
			continue;
		_m = 3; goto P999; /* 0 */
	case 6: // STATE 4 - lane.pml:565 - [(run Sender(1))] (0:0:0 - 1)
		IfNotBlocked
		reached[5][4] = 1;
		if (!(addproc(II, 1, 4, 1)))
			continue;
		_m = 3; goto P999; /* 0 */
	case 7: // STATE 6 - lane.pml:567 - [-end-] (0:0:0 - 1)
		IfNotBlocked
		reached[5][6] = 1;
		if (!delproc(1, II)) continue;
		_m = 3; goto P999; /* 0 */

		 /* PROC Sender */
	case 8: // STATE 368 - lane.pml:554 - [(killed[me])] (395:0:1 - 1)
		IfNotBlocked
		reached[4][368] = 1;
		if (!(((int)now.killed[ Index(((int)((P4 *)_this)->me), 2) ])))
			continue;
		/* merge: killed[me] = 0(0, 369, 395) */
		reached[4][369] = 1;
		(trpt+1)->bup.oval = ((int)now.killed[ Index(((int)((P4 *)_this)->me), 2) ]);
		now.killed[ Index(((P4 *)_this)->me, 2) ] = 0;
#ifdef VAR_RANGES
		logval("killed[Sender:me]", ((int)now.killed[ Index(((int)((P4 *)_this)->me), 2) ]));
#endif
		;
		_m = 3; goto P999; /* 1 */
	case 9: // STATE 370 - lane.pml:322 - [((net[0].there&&(net[0].sender==me)))] (378:0:1 - 1)
		IfNotBlocked
		reached[4][370] = 1;
		if (!((((int)now.net[0].there)&&(((int)now.net[0].sender)==((int)((P4 *)_this)->me)))))
			continue;
		/* merge: net[0].sender = 2(0, 371, 378) */
		reached[4][371] = 1;
		(trpt+1)->bup.oval = ((int)now.net[0].sender);
		now.net[0].sender = 2;
#ifdef VAR_RANGES
		logval("net[0].sender", ((int)now.net[0].sender));
#endif
		;
		/* merge: .(goto)(0, 374, 378) */
		reached[4][374] = 1;
		;
		_m = 3; goto P999; /* 2 */
	case 10: // STATE 375 - lane.pml:323 - [((net[1].there&&(net[1].sender==me)))] (383:0:1 - 1)
		IfNotBlocked
		reached[4][375] = 1;
		if (!((((int)now.net[1].there)&&(((int)now.net[1].sender)==((int)((P4 *)_this)->me)))))
			continue;
		/* merge: net[1].sender = 2(0, 376, 383) */
		reached[4][376] = 1;
		(trpt+1)->bup.oval = ((int)now.net[1].sender);
		now.net[1].sender = 2;
#ifdef VAR_RANGES
		logval("net[1].sender", ((int)now.net[1].sender));
#endif
		;
		/* merge: .(goto)(0, 379, 383) */
		reached[4][379] = 1;
		;
		_m = 3; goto P999; /* 2 */
	case 11: // STATE 380 - lane.pml:327 - [((lock==me))] (399:0:11 - 1)
		IfNotBlocked
		reached[4][380] = 1;
		if (!((((int)now.lock)==((int)((P4 *)_this)->me))))
			continue;
		/* merge: lock = 2(399, 381, 399) */
		reached[4][381] = 1;
		(trpt+1)->bup.ovals = grab_ints(11);
		(trpt+1)->bup.ovals[0] = ((int)now.lock);
		now.lock = 2;
#ifdef VAR_RANGES
		logval("lock", ((int)now.lock));
#endif
		;
		/* merge: .(goto)(399, 384, 399) */
		reached[4][384] = 1;
		;
		/* merge: answer[me] = nothing(399, 385, 399) */
		reached[4][385] = 1;
		(trpt+1)->bup.ovals[1] = now.answer[ Index(((int)((P4 *)_this)->me), 2) ];
		now.answer[ Index(((P4 *)_this)->me, 2) ] = 5;
#ifdef VAR_RANGES
		logval("answer[Sender:me]", now.answer[ Index(((int)((P4 *)_this)->me), 2) ]);
#endif
		;
		/* merge: mayAct[me] = 0(399, 386, 399) */
		reached[4][386] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.mayAct[ Index(((int)((P4 *)_this)->me), 2) ]);
		now.mayAct[ Index(((P4 *)_this)->me, 2) ] = 0;
#ifdef VAR_RANGES
		logval("mayAct[Sender:me]", ((int)now.mayAct[ Index(((int)((P4 *)_this)->me), 2) ]));
#endif
		;
		/* merge: sawLapse[me] = 0(399, 387, 399) */
		reached[4][387] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.sawLapse[ Index(((int)((P4 *)_this)->me), 2) ]);
		now.sawLapse[ Index(((P4 *)_this)->me, 2) ] = 0;
#ifdef VAR_RANGES
		logval("sawLapse[Sender:me]", ((int)now.sawLapse[ Index(((int)((P4 *)_this)->me), 2) ]));
#endif
		;
		/* merge: knows[me] = 0(399, 388, 399) */
		reached[4][388] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.knows[ Index(((int)((P4 *)_this)->me), 2) ]);
		now.knows[ Index(((P4 *)_this)->me, 2) ] = 0;
#ifdef VAR_RANGES
		logval("knows[Sender:me]", ((int)now.knows[ Index(((int)((P4 *)_this)->me), 2) ]));
#endif
		;
		/* merge: fresh[me] = 0(399, 389, 399) */
		reached[4][389] = 1;
		(trpt+1)->bup.ovals[5] = ((int)now.fresh[ Index(((int)((P4 *)_this)->me), 2) ]);
		now.fresh[ Index(((P4 *)_this)->me, 2) ] = 0;
#ifdef VAR_RANGES
		logval("fresh[Sender:me]", ((int)now.fresh[ Index(((int)((P4 *)_this)->me), 2) ]));
#endif
		;
		/* merge: looked[me] = 0(399, 390, 399) */
		reached[4][390] = 1;
		(trpt+1)->bup.ovals[6] = ((int)now.looked[ Index(((int)((P4 *)_this)->me), 2) ]);
		now.looked[ Index(((P4 *)_this)->me, 2) ] = 0;
#ifdef VAR_RANGES
		logval("looked[Sender:me]", ((int)now.looked[ Index(((int)((P4 *)_this)->me), 2) ]));
#endif
		;
		/* merge: doubt = 0(399, 391, 399) */
		reached[4][391] = 1;
		(trpt+1)->bup.ovals[7] = ((int)((P4 *)_this)->doubt);
		((P4 *)_this)->doubt = 0;
#ifdef VAR_RANGES
		logval("Sender:doubt", ((int)((P4 *)_this)->doubt));
#endif
		;
		/* merge: seen = 0(399, 392, 399) */
		reached[4][392] = 1;
		(trpt+1)->bup.ovals[8] = ((int)((P4 *)_this)->seen);
		((P4 *)_this)->seen = 0;
#ifdef VAR_RANGES
		logval("Sender:seen", ((int)((P4 *)_this)->seen));
#endif
		;
		/* merge: over = 0(399, 393, 399) */
		reached[4][393] = 1;
		(trpt+1)->bup.ovals[9] = ((int)((P4 *)_this)->over);
		((P4 *)_this)->over = 0;
#ifdef VAR_RANGES
		logval("Sender:over", ((int)((P4 *)_this)->over));
#endif
		;
		/* merge: withNonce = 0(399, 394, 399) */
		reached[4][394] = 1;
		(trpt+1)->bup.ovals[10] = ((int)((P4 *)_this)->withNonce);
		((P4 *)_this)->withNonce = 0;
#ifdef VAR_RANGES
		logval("Sender:withNonce", ((int)((P4 *)_this)->withNonce));
#endif
		;
		/* merge: .(goto)(0, 398, 399) */
		reached[4][398] = 1;
		;
		/* merge: goto again(0, 400, 399) */
		reached[4][400] = 1;
		;
		_m = 3; goto P999; /* 14 */
	case 12: // STATE 385 - lane.pml:328 - [answer[me] = nothing] (0:399:10 - 3)
		IfNotBlocked
		reached[4][385] = 1;
		(trpt+1)->bup.ovals = grab_ints(10);
		(trpt+1)->bup.ovals[0] = now.answer[ Index(((int)((P4 *)_this)->me), 2) ];
		now.answer[ Index(((P4 *)_this)->me, 2) ] = 5;
#ifdef VAR_RANGES
		logval("answer[Sender:me]", now.answer[ Index(((int)((P4 *)_this)->me), 2) ]);
#endif
		;
		/* merge: mayAct[me] = 0(399, 386, 399) */
		reached[4][386] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.mayAct[ Index(((int)((P4 *)_this)->me), 2) ]);
		now.mayAct[ Index(((P4 *)_this)->me, 2) ] = 0;
#ifdef VAR_RANGES
		logval("mayAct[Sender:me]", ((int)now.mayAct[ Index(((int)((P4 *)_this)->me), 2) ]));
#endif
		;
		/* merge: sawLapse[me] = 0(399, 387, 399) */
		reached[4][387] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.sawLapse[ Index(((int)((P4 *)_this)->me), 2) ]);
		now.sawLapse[ Index(((P4 *)_this)->me, 2) ] = 0;
#ifdef VAR_RANGES
		logval("sawLapse[Sender:me]", ((int)now.sawLapse[ Index(((int)((P4 *)_this)->me), 2) ]));
#endif
		;
		/* merge: knows[me] = 0(399, 388, 399) */
		reached[4][388] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.knows[ Index(((int)((P4 *)_this)->me), 2) ]);
		now.knows[ Index(((P4 *)_this)->me, 2) ] = 0;
#ifdef VAR_RANGES
		logval("knows[Sender:me]", ((int)now.knows[ Index(((int)((P4 *)_this)->me), 2) ]));
#endif
		;
		/* merge: fresh[me] = 0(399, 389, 399) */
		reached[4][389] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.fresh[ Index(((int)((P4 *)_this)->me), 2) ]);
		now.fresh[ Index(((P4 *)_this)->me, 2) ] = 0;
#ifdef VAR_RANGES
		logval("fresh[Sender:me]", ((int)now.fresh[ Index(((int)((P4 *)_this)->me), 2) ]));
#endif
		;
		/* merge: looked[me] = 0(399, 390, 399) */
		reached[4][390] = 1;
		(trpt+1)->bup.ovals[5] = ((int)now.looked[ Index(((int)((P4 *)_this)->me), 2) ]);
		now.looked[ Index(((P4 *)_this)->me, 2) ] = 0;
#ifdef VAR_RANGES
		logval("looked[Sender:me]", ((int)now.looked[ Index(((int)((P4 *)_this)->me), 2) ]));
#endif
		;
		/* merge: doubt = 0(399, 391, 399) */
		reached[4][391] = 1;
		(trpt+1)->bup.ovals[6] = ((int)((P4 *)_this)->doubt);
		((P4 *)_this)->doubt = 0;
#ifdef VAR_RANGES
		logval("Sender:doubt", ((int)((P4 *)_this)->doubt));
#endif
		;
		/* merge: seen = 0(399, 392, 399) */
		reached[4][392] = 1;
		(trpt+1)->bup.ovals[7] = ((int)((P4 *)_this)->seen);
		((P4 *)_this)->seen = 0;
#ifdef VAR_RANGES
		logval("Sender:seen", ((int)((P4 *)_this)->seen));
#endif
		;
		/* merge: over = 0(399, 393, 399) */
		reached[4][393] = 1;
		(trpt+1)->bup.ovals[8] = ((int)((P4 *)_this)->over);
		((P4 *)_this)->over = 0;
#ifdef VAR_RANGES
		logval("Sender:over", ((int)((P4 *)_this)->over));
#endif
		;
		/* merge: withNonce = 0(399, 394, 399) */
		reached[4][394] = 1;
		(trpt+1)->bup.ovals[9] = ((int)((P4 *)_this)->withNonce);
		((P4 *)_this)->withNonce = 0;
#ifdef VAR_RANGES
		logval("Sender:withNonce", ((int)((P4 *)_this)->withNonce));
#endif
		;
		/* merge: .(goto)(0, 398, 399) */
		reached[4][398] = 1;
		;
		/* merge: goto again(0, 400, 399) */
		reached[4][400] = 1;
		;
		_m = 3; goto P999; /* 11 */
	case 13: // STATE 2 - lane.pml:363 - [((lock==2))] (0:0:0 - 1)
		IfNotBlocked
		reached[4][2] = 1;
		if (!((((int)now.lock)==2)))
			continue;
		_m = 3; goto P999; /* 0 */
	case 14: // STATE 3 - lane.pml:363 - [lock = me] (0:0:1 - 1)
		IfNotBlocked
		reached[4][3] = 1;
		(trpt+1)->bup.oval = ((int)now.lock);
		now.lock = ((int)((P4 *)_this)->me);
#ifdef VAR_RANGES
		logval("lock", ((int)now.lock));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 15: // STATE 4 - lane.pml:363 - [knows[me] = 1] (0:0:1 - 1)
		IfNotBlocked
		reached[4][4] = 1;
		(trpt+1)->bup.oval = ((int)now.knows[ Index(((int)((P4 *)_this)->me), 2) ]);
		now.knows[ Index(((P4 *)_this)->me, 2) ] = 1;
#ifdef VAR_RANGES
		logval("knows[Sender:me]", ((int)now.knows[ Index(((int)((P4 *)_this)->me), 2) ]));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 16: // STATE 6 - lane.pml:369 - [(knows[me])] (0:0:0 - 1)
		IfNotBlocked
		reached[4][6] = 1;
		if (!(((int)now.knows[ Index(((int)((P4 *)_this)->me), 2) ])))
			continue;
		_m = 3; goto P999; /* 0 */
	case 17: // STATE 7 - lane.pml:280 - [owner = me] (0:0:1 - 1)
		IfNotBlocked
		reached[4][7] = 1;
		(trpt+1)->bup.oval = ((int)now.owner);
		now.owner = ((int)((P4 *)_this)->me);
#ifdef VAR_RANGES
		logval("owner", ((int)now.owner));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 18: // STATE 8 - lane.pml:281 - [lapsed = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][8] = 1;
		(trpt+1)->bup.oval = ((int)now.lapsed);
		now.lapsed = 0;
#ifdef VAR_RANGES
		logval("lapsed", ((int)now.lapsed));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 19: // STATE 9 - lane.pml:282 - [mayAct[me] = 1] (0:0:1 - 1)
		IfNotBlocked
		reached[4][9] = 1;
		(trpt+1)->bup.oval = ((int)now.mayAct[ Index(((int)((P4 *)_this)->me), 2) ]);
		now.mayAct[ Index(((P4 *)_this)->me, 2) ] = 1;
#ifdef VAR_RANGES
		logval("mayAct[Sender:me]", ((int)now.mayAct[ Index(((int)((P4 *)_this)->me), 2) ]));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 20: // STATE 10 - lane.pml:283 - [sawLapse[0] = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][10] = 1;
		(trpt+1)->bup.oval = ((int)now.sawLapse[0]);
		now.sawLapse[0] = 0;
#ifdef VAR_RANGES
		logval("sawLapse[0]", ((int)now.sawLapse[0]));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 21: // STATE 11 - lane.pml:283 - [sawLapse[1] = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][11] = 1;
		(trpt+1)->bup.oval = ((int)now.sawLapse[1]);
		now.sawLapse[1] = 0;
#ifdef VAR_RANGES
		logval("sawLapse[1]", ((int)now.sawLapse[1]));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 22: // STATE 12 - lane.pml:284 - [knows[0] = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][12] = 1;
		(trpt+1)->bup.oval = ((int)now.knows[0]);
		now.knows[0] = 0;
#ifdef VAR_RANGES
		logval("knows[0]", ((int)now.knows[0]));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 23: // STATE 13 - lane.pml:284 - [knows[1] = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][13] = 1;
		(trpt+1)->bup.oval = ((int)now.knows[1]);
		now.knows[1] = 0;
#ifdef VAR_RANGES
		logval("knows[1]", ((int)now.knows[1]));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 24: // STATE 15 - lane.pml:370 - [(!(knows[me]))] (0:0:0 - 1)
		IfNotBlocked
		reached[4][15] = 1;
		if (!( !(((int)now.knows[ Index(((int)((P4 *)_this)->me), 2) ]))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 25: // STATE 20 - lane.pml:375 - [((((lock!=2)&&(lock!=me))&&lapsed))] (0:0:0 - 1)
		IfNotBlocked
		reached[4][20] = 1;
		if (!((((((int)now.lock)!=2)&&(((int)now.lock)!=((int)((P4 *)_this)->me)))&&((int)now.lapsed))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 26: // STATE 21 - lane.pml:375 - [sawLapse[me] = 1] (0:0:1 - 1)
		IfNotBlocked
		reached[4][21] = 1;
		(trpt+1)->bup.oval = ((int)now.sawLapse[ Index(((int)((P4 *)_this)->me), 2) ]);
		now.sawLapse[ Index(((P4 *)_this)->me, 2) ] = 1;
#ifdef VAR_RANGES
		logval("sawLapse[Sender:me]", ((int)now.sawLapse[ Index(((int)((P4 *)_this)->me), 2) ]));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 27: // STATE 23 - lane.pml:376 - [lock = me] (0:0:1 - 1)
		IfNotBlocked
		reached[4][23] = 1;
		(trpt+1)->bup.oval = ((int)now.lock);
		now.lock = ((int)((P4 *)_this)->me);
#ifdef VAR_RANGES
		logval("lock", ((int)now.lock));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 28: // STATE 24 - lane.pml:382 - [(sawLapse[me])] (0:0:0 - 1)
		IfNotBlocked
		reached[4][24] = 1;
		if (!(((int)now.sawLapse[ Index(((int)((P4 *)_this)->me), 2) ])))
			continue;
		_m = 3; goto P999; /* 0 */
	case 29: // STATE 25 - lane.pml:280 - [owner = me] (0:0:1 - 1)
		IfNotBlocked
		reached[4][25] = 1;
		(trpt+1)->bup.oval = ((int)now.owner);
		now.owner = ((int)((P4 *)_this)->me);
#ifdef VAR_RANGES
		logval("owner", ((int)now.owner));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 30: // STATE 26 - lane.pml:281 - [lapsed = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][26] = 1;
		(trpt+1)->bup.oval = ((int)now.lapsed);
		now.lapsed = 0;
#ifdef VAR_RANGES
		logval("lapsed", ((int)now.lapsed));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 31: // STATE 27 - lane.pml:282 - [mayAct[me] = 1] (0:0:1 - 1)
		IfNotBlocked
		reached[4][27] = 1;
		(trpt+1)->bup.oval = ((int)now.mayAct[ Index(((int)((P4 *)_this)->me), 2) ]);
		now.mayAct[ Index(((P4 *)_this)->me, 2) ] = 1;
#ifdef VAR_RANGES
		logval("mayAct[Sender:me]", ((int)now.mayAct[ Index(((int)((P4 *)_this)->me), 2) ]));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 32: // STATE 28 - lane.pml:283 - [sawLapse[0] = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][28] = 1;
		(trpt+1)->bup.oval = ((int)now.sawLapse[0]);
		now.sawLapse[0] = 0;
#ifdef VAR_RANGES
		logval("sawLapse[0]", ((int)now.sawLapse[0]));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 33: // STATE 29 - lane.pml:283 - [sawLapse[1] = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][29] = 1;
		(trpt+1)->bup.oval = ((int)now.sawLapse[1]);
		now.sawLapse[1] = 0;
#ifdef VAR_RANGES
		logval("sawLapse[1]", ((int)now.sawLapse[1]));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 34: // STATE 30 - lane.pml:284 - [knows[0] = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][30] = 1;
		(trpt+1)->bup.oval = ((int)now.knows[0]);
		now.knows[0] = 0;
#ifdef VAR_RANGES
		logval("knows[0]", ((int)now.knows[0]));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 35: // STATE 31 - lane.pml:284 - [knows[1] = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][31] = 1;
		(trpt+1)->bup.oval = ((int)now.knows[1]);
		now.knows[1] = 0;
#ifdef VAR_RANGES
		logval("knows[1]", ((int)now.knows[1]));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 36: // STATE 33 - lane.pml:383 - [(!(sawLapse[me]))] (0:0:0 - 1)
		IfNotBlocked
		reached[4][33] = 1;
		if (!( !(((int)now.sawLapse[ Index(((int)((P4 *)_this)->me), 2) ]))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 37: // STATE 40 - lane.pml:392 - [(journalled)] (0:0:0 - 1)
		IfNotBlocked
		reached[4][40] = 1;
		if (!(((int)now.journalled)))
			continue;
		_m = 3; goto P999; /* 0 */
	case 38: // STATE 41 - lane.pml:392 - [doubt = 1] (0:0:1 - 1)
		IfNotBlocked
		reached[4][41] = 1;
		(trpt+1)->bup.oval = ((int)((P4 *)_this)->doubt);
		((P4 *)_this)->doubt = 1;
#ifdef VAR_RANGES
		logval("Sender:doubt", ((int)((P4 *)_this)->doubt));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 39: // STATE 44 - lane.pml:394 - [(((!(journalled)&&(restores||(acked<called)))&&!(((((!(restores)&&(acked==3))&&(called==4))&&((shade&&(acked==3))&&(base==2)))&&!(looked[me])))))] (0:0:0 - 1)
		IfNotBlocked
		reached[4][44] = 1;
		if (!((( !(((int)now.journalled))&&(((int)now.restores)||(((int)now.acked)<((int)now.called))))&& !((((( !(((int)now.restores))&&(((int)now.acked)==3))&&(((int)now.called)==4))&&((((int)now.shade)&&(((int)now.acked)==3))&&(((int)now.base)==2)))&& !(((int)now.looked[ Index(((int)((P4 *)_this)->me), 2) ])))))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 40: // STATE 45 - lane.pml:396 - [((owner==me))] (0:0:0 - 1)
		IfNotBlocked
		reached[4][45] = 1;
		if (!((((int)now.owner)==((int)((P4 *)_this)->me))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 41: // STATE 46 - lane.pml:397 - [jFrom = acked] (0:0:1 - 1)
		IfNotBlocked
		reached[4][46] = 1;
		(trpt+1)->bup.oval = ((int)now.jFrom);
		now.jFrom = ((int)now.acked);
#ifdef VAR_RANGES
		logval("jFrom", ((int)now.jFrom));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 42: // STATE 47 - lane.pml:399 - [(restores)] (0:0:0 - 1)
		IfNotBlocked
		reached[4][47] = 1;
		if (!(((int)now.restores)))
			continue;
		_m = 3; goto P999; /* 0 */
	case 43: // STATE 48 - lane.pml:399 - [jTo = acked] (0:0:1 - 1)
		IfNotBlocked
		reached[4][48] = 1;
		(trpt+1)->bup.oval = ((int)now.jTo);
		now.jTo = ((int)now.acked);
#ifdef VAR_RANGES
		logval("jTo", ((int)now.jTo));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 44: // STATE 49 - lane.pml:400 - [((!(restores)&&(acked==0)))] (0:0:0 - 1)
		IfNotBlocked
		reached[4][49] = 1;
		if (!(( !(((int)now.restores))&&(((int)now.acked)==0))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 45: // STATE 50 - lane.pml:400 - [jTo = called] (0:0:1 - 1)
		IfNotBlocked
		reached[4][50] = 1;
		(trpt+1)->bup.oval = ((int)now.jTo);
		now.jTo = ((int)now.called);
#ifdef VAR_RANGES
		logval("jTo", ((int)now.jTo));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 46: // STATE 51 - lane.pml:401 - [((!(restores)&&(acked==3)))] (0:0:0 - 1)
		IfNotBlocked
		reached[4][51] = 1;
		if (!(( !(((int)now.restores))&&(((int)now.acked)==3))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 47: // STATE 52 - lane.pml:401 - [jTo = 4] (0:0:1 - 1)
		IfNotBlocked
		reached[4][52] = 1;
		(trpt+1)->bup.oval = ((int)now.jTo);
		now.jTo = 4;
#ifdef VAR_RANGES
		logval("jTo", ((int)now.jTo));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 48: // STATE 54 - lane.pml:402 - [jTo = ( ((called<3)) -> (called) : (3) )] (0:0:1 - 1)
		IfNotBlocked
		reached[4][54] = 1;
		(trpt+1)->bup.oval = ((int)now.jTo);
		now.jTo = ( ((((int)now.called)<3)) ? (((int)now.called)) : (3) );
#ifdef VAR_RANGES
		logval("jTo", ((int)now.jTo));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 49: // STATE 57 - lane.pml:404 - [journalled = 1] (0:0:1 - 5)
		IfNotBlocked
		reached[4][57] = 1;
		(trpt+1)->bup.oval = ((int)now.journalled);
		now.journalled = 1;
#ifdef VAR_RANGES
		logval("journalled", ((int)now.journalled));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 50: // STATE 58 - lane.pml:404 - [jAge = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][58] = 1;
		(trpt+1)->bup.oval = ((int)now.jAge);
		now.jAge = 0;
#ifdef VAR_RANGES
		logval("jAge", ((int)now.jAge));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 51: // STATE 59 - lane.pml:404 - [doubt = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][59] = 1;
		(trpt+1)->bup.oval = ((int)((P4 *)_this)->doubt);
		((P4 *)_this)->doubt = 0;
#ifdef VAR_RANGES
		logval("Sender:doubt", ((int)((P4 *)_this)->doubt));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 52: // STATE 60 - lane.pml:99 - [relaxed = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][60] = 1;
		(trpt+1)->bup.oval = ((int)now.relaxed);
		now.relaxed = 0;
#ifdef VAR_RANGES
		logval("relaxed", ((int)now.relaxed));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 53: // STATE 61 - lane.pml:99 - [baseBefore = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][61] = 1;
		(trpt+1)->bup.oval = ((int)now.baseBefore);
		now.baseBefore = 0;
#ifdef VAR_RANGES
		logval("baseBefore", ((int)now.baseBefore));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 54: // STATE 62 - lane.pml:99 - [shadeBefore = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][62] = 1;
		(trpt+1)->bup.oval = ((int)now.shadeBefore);
		now.shadeBefore = 0;
#ifdef VAR_RANGES
		logval("shadeBefore", ((int)now.shadeBefore));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 55: // STATE 63 - lane.pml:100 - [(!(journalled))] (0:0:0 - 1)
		IfNotBlocked
		reached[4][63] = 1;
		if (!( !(((int)now.journalled))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 56: // STATE 64 - lane.pml:100 - [jAge = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][64] = 1;
		(trpt+1)->bup.oval = ((int)now.jAge);
		now.jAge = 0;
#ifdef VAR_RANGES
		logval("jAge", ((int)now.jAge));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 57: // STATE 65 - lane.pml:100 - [jFrom = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][65] = 1;
		(trpt+1)->bup.oval = ((int)now.jFrom);
		now.jFrom = 0;
#ifdef VAR_RANGES
		logval("jFrom", ((int)now.jFrom));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 58: // STATE 66 - lane.pml:100 - [jTo = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][66] = 1;
		(trpt+1)->bup.oval = ((int)now.jTo);
		now.jTo = 0;
#ifdef VAR_RANGES
		logval("jTo", ((int)now.jTo));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 59: // STATE 77 - lane.pml:412 - [((((!(journalled)&&((shade&&(acked==3))&&(base==2)))&&mayAct[me])&&((((!(restores)&&(acked==3))&&(called==4))&&!(looked[me]))||(shadeAge>2))))] (0:0:0 - 1)
		IfNotBlocked
		reached[4][77] = 1;
		if (!(((( !(((int)now.journalled))&&((((int)now.shade)&&(((int)now.acked)==3))&&(((int)now.base)==2)))&&((int)now.mayAct[ Index(((int)((P4 *)_this)->me), 2) ]))&&(((( !(((int)now.restores))&&(((int)now.acked)==3))&&(((int)now.called)==4))&& !(((int)now.looked[ Index(((int)((P4 *)_this)->me), 2) ])))||(((int)now.shadeAge)>2)))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 60: // STATE 78 - lane.pml:413 - [over = (shadeAge>2)] (0:0:1 - 1)
		IfNotBlocked
		reached[4][78] = 1;
		(trpt+1)->bup.oval = ((int)((P4 *)_this)->over);
		((P4 *)_this)->over = (((int)now.shadeAge)>2);
#ifdef VAR_RANGES
		logval("Sender:over", ((int)((P4 *)_this)->over));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 61: // STATE 79 - lane.pml:413 - [seen = value] (0:0:1 - 1)
		IfNotBlocked
		reached[4][79] = 1;
		(trpt+1)->bup.oval = ((int)((P4 *)_this)->seen);
		((P4 *)_this)->seen = ((int)now.value);
#ifdef VAR_RANGES
		logval("Sender:seen", ((int)((P4 *)_this)->seen));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 62: // STATE 80 - lane.pml:413 - [looked[me] = 1] (0:0:1 - 1)
		IfNotBlocked
		reached[4][80] = 1;
		(trpt+1)->bup.oval = ((int)now.looked[ Index(((int)((P4 *)_this)->me), 2) ]);
		now.looked[ Index(((P4 *)_this)->me, 2) ] = 1;
#ifdef VAR_RANGES
		logval("looked[Sender:me]", ((int)now.looked[ Index(((int)((P4 *)_this)->me), 2) ]));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 63: // STATE 82 - lane.pml:417 - [((owner==me))] (0:0:0 - 1)
		IfNotBlocked
		reached[4][82] = 1;
		if (!((((int)now.owner)==((int)((P4 *)_this)->me))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 64: // STATE 83 - lane.pml:99 - [relaxed = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][83] = 1;
		(trpt+1)->bup.oval = ((int)now.relaxed);
		now.relaxed = 0;
#ifdef VAR_RANGES
		logval("relaxed", ((int)now.relaxed));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 65: // STATE 84 - lane.pml:99 - [baseBefore = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][84] = 1;
		(trpt+1)->bup.oval = ((int)now.baseBefore);
		now.baseBefore = 0;
#ifdef VAR_RANGES
		logval("baseBefore", ((int)now.baseBefore));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 66: // STATE 85 - lane.pml:99 - [shadeBefore = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][85] = 1;
		(trpt+1)->bup.oval = ((int)now.shadeBefore);
		now.shadeBefore = 0;
#ifdef VAR_RANGES
		logval("shadeBefore", ((int)now.shadeBefore));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 67: // STATE 86 - lane.pml:100 - [(!(journalled))] (0:0:0 - 1)
		IfNotBlocked
		reached[4][86] = 1;
		if (!( !(((int)now.journalled))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 68: // STATE 87 - lane.pml:100 - [jAge = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][87] = 1;
		(trpt+1)->bup.oval = ((int)now.jAge);
		now.jAge = 0;
#ifdef VAR_RANGES
		logval("jAge", ((int)now.jAge));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 69: // STATE 88 - lane.pml:100 - [jFrom = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][88] = 1;
		(trpt+1)->bup.oval = ((int)now.jFrom);
		now.jFrom = 0;
#ifdef VAR_RANGES
		logval("jFrom", ((int)now.jFrom));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 70: // STATE 89 - lane.pml:100 - [jTo = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][89] = 1;
		(trpt+1)->bup.oval = ((int)now.jTo);
		now.jTo = 0;
#ifdef VAR_RANGES
		logval("jTo", ((int)now.jTo));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 71: // STATE 94 - lane.pml:420 - [((seen!=base))] (0:0:0 - 1)
		IfNotBlocked
		reached[4][94] = 1;
		if (!((((int)((P4 *)_this)->seen)!=((int)now.base))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 72: // STATE 95 - lane.pml:420 - [base = seen] (0:0:1 - 1)
		IfNotBlocked
		reached[4][95] = 1;
		(trpt+1)->bup.oval = ((int)now.base);
		now.base = ((int)((P4 *)_this)->seen);
#ifdef VAR_RANGES
		logval("base", ((int)now.base));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 73: // STATE 96 - lane.pml:420 - [restores = 1] (0:0:1 - 1)
		IfNotBlocked
		reached[4][96] = 1;
		(trpt+1)->bup.oval = ((int)now.restores);
		now.restores = 1;
#ifdef VAR_RANGES
		logval("restores", ((int)now.restores));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 74: // STATE 100 - lane.pml:424 - [(over)] (0:0:1 - 1)
		IfNotBlocked
		reached[4][100] = 1;
		if (!(((int)((P4 *)_this)->over)))
			continue;
		if (TstOnly) return 1; /* TT */
		/* dead 1: over */  (trpt+1)->bup.oval = ((P4 *)_this)->over;
#ifdef HAS_CODE
		if (!readtrail)
#endif
			((P4 *)_this)->over = 0;
		_m = 3; goto P999; /* 0 */
	case 75: // STATE 101 - lane.pml:424 - [shade = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][101] = 1;
		(trpt+1)->bup.oval = ((int)now.shade);
		now.shade = 0;
#ifdef VAR_RANGES
		logval("shade", ((int)now.shade));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 76: // STATE 102 - lane.pml:424 - [shadeAge = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][102] = 1;
		(trpt+1)->bup.oval = ((int)now.shadeAge);
		now.shadeAge = 0;
#ifdef VAR_RANGES
		logval("shadeAge", ((int)now.shadeAge));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 77: // STATE 106 - lane.pml:427 - [over = 0] (0:0:1 - 3)
		IfNotBlocked
		reached[4][106] = 1;
		(trpt+1)->bup.oval = ((int)((P4 *)_this)->over);
		((P4 *)_this)->over = 0;
#ifdef VAR_RANGES
		logval("Sender:over", ((int)((P4 *)_this)->over));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 78: // STATE 107 - lane.pml:427 - [seen = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][107] = 1;
		(trpt+1)->bup.oval = ((int)((P4 *)_this)->seen);
		((P4 *)_this)->seen = 0;
#ifdef VAR_RANGES
		logval("Sender:seen", ((int)((P4 *)_this)->seen));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 79: // STATE 114 - lane.pml:433 - [(((shade&&(shadeAge>2))&&!(((shade&&(acked==3))&&(base==2)))))] (0:0:0 - 1)
		IfNotBlocked
		reached[4][114] = 1;
		if (!(((((int)now.shade)&&(((int)now.shadeAge)>2))&& !(((((int)now.shade)&&(((int)now.acked)==3))&&(((int)now.base)==2))))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 80: // STATE 115 - lane.pml:435 - [((owner==me))] (0:0:0 - 1)
		IfNotBlocked
		reached[4][115] = 1;
		if (!((((int)now.owner)==((int)((P4 *)_this)->me))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 81: // STATE 116 - lane.pml:435 - [shade = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][116] = 1;
		(trpt+1)->bup.oval = ((int)now.shade);
		now.shade = 0;
#ifdef VAR_RANGES
		logval("shade", ((int)now.shade));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 82: // STATE 117 - lane.pml:435 - [shadeAge = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][117] = 1;
		(trpt+1)->bup.oval = ((int)now.shadeAge);
		now.shadeAge = 0;
#ifdef VAR_RANGES
		logval("shadeAge", ((int)now.shadeAge));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 83: // STATE 118 - lane.pml:99 - [relaxed = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][118] = 1;
		(trpt+1)->bup.oval = ((int)now.relaxed);
		now.relaxed = 0;
#ifdef VAR_RANGES
		logval("relaxed", ((int)now.relaxed));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 84: // STATE 119 - lane.pml:99 - [baseBefore = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][119] = 1;
		(trpt+1)->bup.oval = ((int)now.baseBefore);
		now.baseBefore = 0;
#ifdef VAR_RANGES
		logval("baseBefore", ((int)now.baseBefore));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 85: // STATE 120 - lane.pml:99 - [shadeBefore = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][120] = 1;
		(trpt+1)->bup.oval = ((int)now.shadeBefore);
		now.shadeBefore = 0;
#ifdef VAR_RANGES
		logval("shadeBefore", ((int)now.shadeBefore));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 86: // STATE 121 - lane.pml:100 - [(!(journalled))] (0:0:0 - 1)
		IfNotBlocked
		reached[4][121] = 1;
		if (!( !(((int)now.journalled))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 87: // STATE 122 - lane.pml:100 - [jAge = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][122] = 1;
		(trpt+1)->bup.oval = ((int)now.jAge);
		now.jAge = 0;
#ifdef VAR_RANGES
		logval("jAge", ((int)now.jAge));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 88: // STATE 123 - lane.pml:100 - [jFrom = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][123] = 1;
		(trpt+1)->bup.oval = ((int)now.jFrom);
		now.jFrom = 0;
#ifdef VAR_RANGES
		logval("jFrom", ((int)now.jFrom));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 89: // STATE 124 - lane.pml:100 - [jTo = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][124] = 1;
		(trpt+1)->bup.oval = ((int)now.jTo);
		now.jTo = 0;
#ifdef VAR_RANGES
		logval("jTo", ((int)now.jTo));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 90: // STATE 135 - lane.pml:441 - [(((closing&&mayAct[me])&&(effect==4)))] (0:0:0 - 1)
		IfNotBlocked
		reached[4][135] = 1;
		if (!(((((int)now.closing)&&((int)now.mayAct[ Index(((int)((P4 *)_this)->me), 2) ]))&&(((int)now.effect)==4))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 91: // STATE 136 - lane.pml:443 - [((owner==me))] (0:0:0 - 1)
		IfNotBlocked
		reached[4][136] = 1;
		if (!((((int)now.owner)==((int)((P4 *)_this)->me))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 92: // STATE 137 - lane.pml:444 - [closing = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][137] = 1;
		(trpt+1)->bup.oval = ((int)now.closing);
		now.closing = 0;
#ifdef VAR_RANGES
		logval("closing", ((int)now.closing));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 93: // STATE 138 - lane.pml:444 - [settled = 1] (0:0:1 - 1)
		IfNotBlocked
		reached[4][138] = 1;
		(trpt+1)->bup.oval = ((int)settled);
		settled = 1;
#ifdef VAR_RANGES
		logval("settled", ((int)settled));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 94: // STATE 139 - lane.pml:444 - [reported = (value!=base)] (0:0:1 - 1)
		IfNotBlocked
		reached[4][139] = 1;
		(trpt+1)->bup.oval = ((int)now.reported);
		now.reported = (((int)now.value)!=((int)now.base));
#ifdef VAR_RANGES
		logval("reported", ((int)now.reported));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 95: // STATE 140 - lane.pml:445 - [assert(((value==2)||reported))] (0:0:0 - 1)
		IfNotBlocked
		reached[4][140] = 1;
		spin_assert(((((int)now.value)==2)||((int)now.reported)), "((value==2)||reported)", II, tt, t);
		_m = 3; goto P999; /* 0 */
	case 96: // STATE 147 - lane.pml:450 - [(!(mayAct[me]))] (0:0:0 - 1)
		IfNotBlocked
		reached[4][147] = 1;
		if (!( !(((int)now.mayAct[ Index(((int)((P4 *)_this)->me), 2) ]))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 97: // STATE 150 - lane.pml:451 - [((lock!=me))] (0:0:0 - 1)
		IfNotBlocked
		reached[4][150] = 1;
		if (!((((int)now.lock)!=((int)((P4 *)_this)->me))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 98: // STATE 155 - lane.pml:457 - [((mayAct[me]&&(((!(doubt)||((jFrom==3)&&(jTo==4)))||fresh[me])||((jFrom==0)&&(jAge<=2)))))] (0:0:0 - 1)
		IfNotBlocked
		reached[4][155] = 1;
		if (!((((int)now.mayAct[ Index(((int)((P4 *)_this)->me), 2) ])&&((( !(((int)((P4 *)_this)->doubt))||((((int)now.jFrom)==3)&&(((int)now.jTo)==4)))||((int)now.fresh[ Index(((int)((P4 *)_this)->me), 2) ]))||((((int)now.jFrom)==0)&&(((int)now.jAge)<=2))))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 99: // STATE 156 - lane.pml:458 - [withNonce = nonce] (0:0:1 - 1)
		IfNotBlocked
		reached[4][156] = 1;
		(trpt+1)->bup.oval = ((int)((P4 *)_this)->withNonce);
		((P4 *)_this)->withNonce = ((int)now.nonce);
#ifdef VAR_RANGES
		logval("Sender:withNonce", ((int)((P4 *)_this)->withNonce));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 100: // STATE 157 - lane.pml:335 - [(!(net[0].there))] (0:0:0 - 1)
		IfNotBlocked
		reached[4][157] = 1;
		if (!( !(((int)now.net[0].there))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 101: // STATE 158 - lane.pml:311 - [net[0].there = 1] (0:0:1 - 1)
		IfNotBlocked
		reached[4][158] = 1;
		(trpt+1)->bup.oval = ((int)now.net[0].there);
		now.net[0].there = 1;
#ifdef VAR_RANGES
		logval("net[0].there", ((int)now.net[0].there));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 102: // STATE 159 - lane.pml:312 - [net[0].from = jFrom] (0:0:1 - 1)
		IfNotBlocked
		reached[4][159] = 1;
		(trpt+1)->bup.oval = ((int)now.net[0].from);
		now.net[0].from = ((int)now.jFrom);
#ifdef VAR_RANGES
		logval("net[0].from", ((int)now.net[0].from));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 103: // STATE 160 - lane.pml:313 - [net[0].to = jTo] (0:0:1 - 1)
		IfNotBlocked
		reached[4][160] = 1;
		(trpt+1)->bup.oval = ((int)now.net[0].to);
		now.net[0].to = ((int)now.jTo);
#ifdef VAR_RANGES
		logval("net[0].to", ((int)now.net[0].to));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 104: // STATE 161 - lane.pml:314 - [net[0].nonce = withNonce] (0:0:1 - 1)
		IfNotBlocked
		reached[4][161] = 1;
		(trpt+1)->bup.oval = ((int)now.net[0].nonce);
		now.net[0].nonce = ((int)((P4 *)_this)->withNonce);
#ifdef VAR_RANGES
		logval("net[0].nonce", ((int)now.net[0].nonce));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 105: // STATE 162 - lane.pml:315 - [net[0].age = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][162] = 1;
		(trpt+1)->bup.oval = ((int)now.net[0].age);
		now.net[0].age = 0;
#ifdef VAR_RANGES
		logval("net[0].age", ((int)now.net[0].age));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 106: // STATE 163 - lane.pml:316 - [net[0].sender = me] (0:0:1 - 1)
		IfNotBlocked
		reached[4][163] = 1;
		(trpt+1)->bup.oval = ((int)now.net[0].sender);
		now.net[0].sender = ((int)((P4 *)_this)->me);
#ifdef VAR_RANGES
		logval("net[0].sender", ((int)now.net[0].sender));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 107: // STATE 164 - lane.pml:317 - [assert((owner==me))] (0:0:0 - 1)
		IfNotBlocked
		reached[4][164] = 1;
		spin_assert((((int)now.owner)==((int)((P4 *)_this)->me)), "(owner==me)", II, tt, t);
		_m = 3; goto P999; /* 0 */
	case 108: // STATE 167 - lane.pml:336 - [((net[0].there&&!(net[1].there)))] (0:0:0 - 1)
		IfNotBlocked
		reached[4][167] = 1;
		if (!((((int)now.net[0].there)&& !(((int)now.net[1].there)))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 109: // STATE 168 - lane.pml:311 - [net[1].there = 1] (0:0:1 - 1)
		IfNotBlocked
		reached[4][168] = 1;
		(trpt+1)->bup.oval = ((int)now.net[1].there);
		now.net[1].there = 1;
#ifdef VAR_RANGES
		logval("net[1].there", ((int)now.net[1].there));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 110: // STATE 169 - lane.pml:312 - [net[1].from = jFrom] (0:0:1 - 1)
		IfNotBlocked
		reached[4][169] = 1;
		(trpt+1)->bup.oval = ((int)now.net[1].from);
		now.net[1].from = ((int)now.jFrom);
#ifdef VAR_RANGES
		logval("net[1].from", ((int)now.net[1].from));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 111: // STATE 170 - lane.pml:313 - [net[1].to = jTo] (0:0:1 - 1)
		IfNotBlocked
		reached[4][170] = 1;
		(trpt+1)->bup.oval = ((int)now.net[1].to);
		now.net[1].to = ((int)now.jTo);
#ifdef VAR_RANGES
		logval("net[1].to", ((int)now.net[1].to));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 112: // STATE 171 - lane.pml:314 - [net[1].nonce = withNonce] (0:0:1 - 1)
		IfNotBlocked
		reached[4][171] = 1;
		(trpt+1)->bup.oval = ((int)now.net[1].nonce);
		now.net[1].nonce = ((int)((P4 *)_this)->withNonce);
#ifdef VAR_RANGES
		logval("net[1].nonce", ((int)now.net[1].nonce));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 113: // STATE 172 - lane.pml:315 - [net[1].age = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][172] = 1;
		(trpt+1)->bup.oval = ((int)now.net[1].age);
		now.net[1].age = 0;
#ifdef VAR_RANGES
		logval("net[1].age", ((int)now.net[1].age));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 114: // STATE 173 - lane.pml:316 - [net[1].sender = me] (0:0:1 - 1)
		IfNotBlocked
		reached[4][173] = 1;
		(trpt+1)->bup.oval = ((int)now.net[1].sender);
		now.net[1].sender = ((int)((P4 *)_this)->me);
#ifdef VAR_RANGES
		logval("net[1].sender", ((int)now.net[1].sender));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 115: // STATE 174 - lane.pml:317 - [assert((owner==me))] (0:0:0 - 1)
		IfNotBlocked
		reached[4][174] = 1;
		spin_assert((((int)now.owner)==((int)((P4 *)_this)->me)), "(owner==me)", II, tt, t);
		_m = 3; goto P999; /* 0 */
	case 116: // STATE 181 - lane.pml:461 - [((mayAct[me]&&!((((!(doubt)||((jFrom==3)&&(jTo==4)))||fresh[me])||((jFrom==0)&&(jAge<=2))))))] (0:0:0 - 1)
		IfNotBlocked
		reached[4][181] = 1;
		if (!((((int)now.mayAct[ Index(((int)((P4 *)_this)->me), 2) ])&& !(((( !(((int)((P4 *)_this)->doubt))||((((int)now.jFrom)==3)&&(((int)now.jTo)==4)))||((int)now.fresh[ Index(((int)((P4 *)_this)->me), 2) ]))||((((int)now.jFrom)==0)&&(((int)now.jAge)<=2)))))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 117: // STATE 184 - lane.pml:462 - [(!(mayAct[me]))] (0:0:0 - 1)
		IfNotBlocked
		reached[4][184] = 1;
		if (!( !(((int)now.mayAct[ Index(((int)((P4 *)_this)->me), 2) ]))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 118: // STATE 187 - lane.pml:463 - [((lock!=me))] (0:0:0 - 1)
		IfNotBlocked
		reached[4][187] = 1;
		if (!((((int)now.lock)!=((int)((P4 *)_this)->me))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 119: // STATE 192 - lane.pml:468 - [((answer[me]==done))] (0:0:0 - 1)
		IfNotBlocked
		reached[4][192] = 1;
		if (!((now.answer[ Index(((int)((P4 *)_this)->me), 2) ]==4)))
			continue;
		_m = 3; goto P999; /* 0 */
	case 120: // STATE 193 - lane.pml:468 - [answer[me] = nothing] (0:0:1 - 1)
		IfNotBlocked
		reached[4][193] = 1;
		(trpt+1)->bup.oval = now.answer[ Index(((int)((P4 *)_this)->me), 2) ];
		now.answer[ Index(((P4 *)_this)->me, 2) ] = 5;
#ifdef VAR_RANGES
		logval("answer[Sender:me]", now.answer[ Index(((int)((P4 *)_this)->me), 2) ]);
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 121: // STATE 195 - lane.pml:469 - [((answer[me]==cut))] (0:0:0 - 1)
		IfNotBlocked
		reached[4][195] = 1;
		if (!((now.answer[ Index(((int)((P4 *)_this)->me), 2) ]==1)))
			continue;
		_m = 3; goto P999; /* 0 */
	case 122: // STATE 196 - lane.pml:469 - [answer[me] = nothing] (0:0:1 - 1)
		IfNotBlocked
		reached[4][196] = 1;
		(trpt+1)->bup.oval = now.answer[ Index(((int)((P4 *)_this)->me), 2) ];
		now.answer[ Index(((P4 *)_this)->me, 2) ] = 5;
#ifdef VAR_RANGES
		logval("answer[Sender:me]", now.answer[ Index(((int)((P4 *)_this)->me), 2) ]);
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 123: // STATE 197 - lane.pml:469 - [doubt = 1] (0:0:1 - 1)
		IfNotBlocked
		reached[4][197] = 1;
		(trpt+1)->bup.oval = ((int)((P4 *)_this)->doubt);
		((P4 *)_this)->doubt = 1;
#ifdef VAR_RANGES
		logval("Sender:doubt", ((int)((P4 *)_this)->doubt));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 124: // STATE 200 - lane.pml:471 - [((answer[me]==invalid))] (0:0:0 - 1)
		IfNotBlocked
		reached[4][200] = 1;
		if (!((now.answer[ Index(((int)((P4 *)_this)->me), 2) ]==3)))
			continue;
		_m = 3; goto P999; /* 0 */
	case 125: // STATE 201 - lane.pml:471 - [answer[me] = nothing] (0:0:1 - 1)
		IfNotBlocked
		reached[4][201] = 1;
		(trpt+1)->bup.oval = now.answer[ Index(((int)((P4 *)_this)->me), 2) ];
		now.answer[ Index(((P4 *)_this)->me, 2) ] = 5;
#ifdef VAR_RANGES
		logval("answer[Sender:me]", now.answer[ Index(((int)((P4 *)_this)->me), 2) ]);
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 126: // STATE 202 - lane.pml:473 - [(doubt)] (0:0:0 - 1)
		IfNotBlocked
		reached[4][202] = 1;
		if (!(((int)((P4 *)_this)->doubt)))
			continue;
		_m = 3; goto P999; /* 0 */
	case 127: // STATE 209 - lane.pml:477 - [((answer[me]==refused))] (0:0:0 - 1)
		IfNotBlocked
		reached[4][209] = 1;
		if (!((now.answer[ Index(((int)((P4 *)_this)->me), 2) ]==2)))
			continue;
		_m = 3; goto P999; /* 0 */
	case 128: // STATE 210 - lane.pml:477 - [assert(0)] (0:0:0 - 1)
		IfNotBlocked
		reached[4][210] = 1;
		spin_assert(0, "0", II, tt, t);
		_m = 3; goto P999; /* 0 */
	case 129: // STATE 212 - lane.pml:478 - [((lock!=me))] (0:0:0 - 1)
		IfNotBlocked
		reached[4][212] = 1;
		if (!((((int)now.lock)!=((int)((P4 *)_this)->me))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 130: // STATE 217 - lane.pml:484 - [((owner==me))] (0:0:0 - 1)
		IfNotBlocked
		reached[4][217] = 1;
		if (!((((int)now.owner)==((int)((P4 *)_this)->me))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 131: // STATE 218 - lane.pml:288 - [baseBefore = base] (0:0:1 - 1)
		IfNotBlocked
		reached[4][218] = 1;
		(trpt+1)->bup.oval = ((int)now.baseBefore);
		now.baseBefore = ((int)now.base);
#ifdef VAR_RANGES
		logval("baseBefore", ((int)now.baseBefore));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 132: // STATE 219 - lane.pml:289 - [shadeBefore = shade] (0:0:1 - 1)
		IfNotBlocked
		reached[4][219] = 1;
		(trpt+1)->bup.oval = ((int)now.shadeBefore);
		now.shadeBefore = ((int)now.shade);
#ifdef VAR_RANGES
		logval("shadeBefore", ((int)now.shadeBefore));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 133: // STATE 220 - lane.pml:290 - [relaxed = 1] (0:0:1 - 1)
		IfNotBlocked
		reached[4][220] = 1;
		(trpt+1)->bup.oval = ((int)now.relaxed);
		now.relaxed = 1;
#ifdef VAR_RANGES
		logval("relaxed", ((int)now.relaxed));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 134: // STATE 221 - lane.pml:291 - [acked = jTo] (0:0:1 - 1)
		IfNotBlocked
		reached[4][221] = 1;
		(trpt+1)->bup.oval = ((int)now.acked);
		now.acked = ((int)now.jTo);
#ifdef VAR_RANGES
		logval("acked", ((int)now.acked));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 135: // STATE 222 - lane.pml:292 - [restores = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][222] = 1;
		(trpt+1)->bup.oval = ((int)now.restores);
		now.restores = 0;
#ifdef VAR_RANGES
		logval("restores", ((int)now.restores));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 136: // STATE 223 - lane.pml:293 - [base = ( ((jTo<=1)) -> (0) : (( ((jTo<3)) -> (1) : (2) )) )] (0:0:1 - 1)
		IfNotBlocked
		reached[4][223] = 1;
		(trpt+1)->bup.oval = ((int)now.base);
		now.base = ( ((((int)now.jTo)<=1)) ? (0) : (( ((((int)now.jTo)<3)) ? (1) : (2) )) );
#ifdef VAR_RANGES
		logval("base", ((int)now.base));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 137: // STATE 224 - lane.pml:294 - [journalled = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][224] = 1;
		(trpt+1)->bup.oval = ((int)now.journalled);
		now.journalled = 0;
#ifdef VAR_RANGES
		logval("journalled", ((int)now.journalled));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 138: // STATE 225 - lane.pml:295 - [assert(((objects==1)&&(effect>=acked)))] (0:0:0 - 1)
		IfNotBlocked
		reached[4][225] = 1;
		spin_assert(((((int)now.objects)==1)&&(((int)now.effect)>=((int)now.acked))), "((objects==1)&&(effect>=acked))", II, tt, t);
		_m = 3; goto P999; /* 0 */
	case 139: // STATE 226 - lane.pml:298 - [((((doubt&&!((jFrom==0)))&&(( ((jTo<=1)) -> (0) : (( ((jTo<3)) -> (1) : (2) )) )==1))&&!(((jFrom==3)&&(jTo==4)))))] (0:0:1 - 1)
		IfNotBlocked
		reached[4][226] = 1;
		if (!((((((int)((P4 *)_this)->doubt)&& !((((int)now.jFrom)==0)))&&(( ((((int)now.jTo)<=1)) ? (0) : (( ((((int)now.jTo)<3)) ? (1) : (2) )) )==1))&& !(((((int)now.jFrom)==3)&&(((int)now.jTo)==4))))))
			continue;
		if (TstOnly) return 1; /* TT */
		/* dead 1: doubt */  (trpt+1)->bup.oval = ((P4 *)_this)->doubt;
#ifdef HAS_CODE
		if (!readtrail)
#endif
			((P4 *)_this)->doubt = 0;
		_m = 3; goto P999; /* 0 */
	case 140: // STATE 227 - lane.pml:298 - [shade = 1] (0:0:1 - 1)
		IfNotBlocked
		reached[4][227] = 1;
		(trpt+1)->bup.oval = ((int)now.shade);
		now.shade = 1;
#ifdef VAR_RANGES
		logval("shade", ((int)now.shade));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 141: // STATE 228 - lane.pml:298 - [shadeAge = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][228] = 1;
		(trpt+1)->bup.oval = ((int)now.shadeAge);
		now.shadeAge = 0;
#ifdef VAR_RANGES
		logval("shadeAge", ((int)now.shadeAge));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 142: // STATE 232 - lane.pml:303 - [(((jFrom==3)&&(jTo==4)))] (0:0:0 - 1)
		IfNotBlocked
		reached[4][232] = 1;
		if (!(((((int)now.jFrom)==3)&&(((int)now.jTo)==4))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 143: // STATE 233 - lane.pml:303 - [closing = 1] (0:0:1 - 1)
		IfNotBlocked
		reached[4][233] = 1;
		(trpt+1)->bup.oval = ((int)now.closing);
		now.closing = 1;
#ifdef VAR_RANGES
		logval("closing", ((int)now.closing));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 144: // STATE 234 - lane.pml:304 - [(((acked==4)&&(jFrom==0)))] (0:0:0 - 1)
		IfNotBlocked
		reached[4][234] = 1;
		if (!(((((int)now.acked)==4)&&(((int)now.jFrom)==0))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 145: // STATE 235 - lane.pml:304 - [settled = 1] (0:0:1 - 1)
		IfNotBlocked
		reached[4][235] = 1;
		(trpt+1)->bup.oval = ((int)settled);
		settled = 1;
#ifdef VAR_RANGES
		logval("settled", ((int)settled));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 146: // STATE 236 - lane.pml:304 - [assert((value==2))] (0:0:0 - 1)
		IfNotBlocked
		reached[4][236] = 1;
		spin_assert((((int)now.value)==2), "(value==2)", II, tt, t);
		_m = 3; goto P999; /* 0 */
	case 147: // STATE 240 - lane.pml:307 - [looked[me] = 0] (0:0:1 - 4)
		IfNotBlocked
		reached[4][240] = 1;
		(trpt+1)->bup.oval = ((int)now.looked[ Index(((int)((P4 *)_this)->me), 2) ]);
		now.looked[ Index(((P4 *)_this)->me, 2) ] = 0;
#ifdef VAR_RANGES
		logval("looked[Sender:me]", ((int)now.looked[ Index(((int)((P4 *)_this)->me), 2) ]));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 148: // STATE 242 - lane.pml:484 - [doubt = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][242] = 1;
		(trpt+1)->bup.oval = ((int)((P4 *)_this)->doubt);
		((P4 *)_this)->doubt = 0;
#ifdef VAR_RANGES
		logval("Sender:doubt", ((int)((P4 *)_this)->doubt));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 149: // STATE 249 - lane.pml:491 - [(((jFrom==0)&&(jAge<=2)))] (0:0:0 - 1)
		IfNotBlocked
		reached[4][249] = 1;
		if (!(((((int)now.jFrom)==0)&&(((int)now.jAge)<=2))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 150: // STATE 252 - lane.pml:492 - [((jFrom==0))] (0:0:0 - 1)
		IfNotBlocked
		reached[4][252] = 1;
		if (!((((int)now.jFrom)==0)))
			continue;
		_m = 3; goto P999; /* 0 */
	case 151: // STATE 255 - lane.pml:493 - [(((jFrom==3)&&(jTo==4)))] (0:0:0 - 1)
		IfNotBlocked
		reached[4][255] = 1;
		if (!(((((int)now.jFrom)==3)&&(((int)now.jTo)==4))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 152: // STATE 258 - lane.pml:495 - [(((!((jFrom==0))&&!(((jFrom==3)&&(jTo==4))))&&mayAct[me]))] (0:0:0 - 1)
		IfNotBlocked
		reached[4][258] = 1;
		if (!((( !((((int)now.jFrom)==0))&& !(((((int)now.jFrom)==3)&&(((int)now.jTo)==4))))&&((int)now.mayAct[ Index(((int)((P4 *)_this)->me), 2) ]))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 153: // STATE 259 - lane.pml:496 - [seen = value] (0:0:1 - 1)
		IfNotBlocked
		reached[4][259] = 1;
		(trpt+1)->bup.oval = ((int)((P4 *)_this)->seen);
		((P4 *)_this)->seen = ((int)now.value);
#ifdef VAR_RANGES
		logval("Sender:seen", ((int)((P4 *)_this)->seen));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 154: // STATE 260 - lane.pml:496 - [fresh[me] = 1] (0:0:1 - 1)
		IfNotBlocked
		reached[4][260] = 1;
		(trpt+1)->bup.oval = ((int)now.fresh[ Index(((int)((P4 *)_this)->me), 2) ]);
		now.fresh[ Index(((P4 *)_this)->me, 2) ] = 1;
#ifdef VAR_RANGES
		logval("fresh[Sender:me]", ((int)now.fresh[ Index(((int)((P4 *)_this)->me), 2) ]));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 155: // STATE 261 - lane.pml:498 - [((seen==( ((jTo<=1)) -> (0) : (( ((jTo<3)) -> (1) : (2) )) )))] (0:0:1 - 1)
		IfNotBlocked
		reached[4][261] = 1;
		if (!((((int)((P4 *)_this)->seen)==( ((((int)now.jTo)<=1)) ? (0) : (( ((((int)now.jTo)<3)) ? (1) : (2) )) ))))
			continue;
		if (TstOnly) return 1; /* TT */
		/* dead 1: seen */  (trpt+1)->bup.oval = ((P4 *)_this)->seen;
#ifdef HAS_CODE
		if (!readtrail)
#endif
			((P4 *)_this)->seen = 0;
		_m = 3; goto P999; /* 0 */
	case 156: // STATE 262 - lane.pml:498 - [seen = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][262] = 1;
		(trpt+1)->bup.oval = ((int)((P4 *)_this)->seen);
		((P4 *)_this)->seen = 0;
#ifdef VAR_RANGES
		logval("Sender:seen", ((int)((P4 *)_this)->seen));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 157: // STATE 264 - lane.pml:499 - [(((seen!=( ((jTo<=1)) -> (0) : (( ((jTo<3)) -> (1) : (2) )) ))&&(seen==base)))] (0:0:1 - 1)
		IfNotBlocked
		reached[4][264] = 1;
		if (!(((((int)((P4 *)_this)->seen)!=( ((((int)now.jTo)<=1)) ? (0) : (( ((((int)now.jTo)<3)) ? (1) : (2) )) ))&&(((int)((P4 *)_this)->seen)==((int)now.base)))))
			continue;
		if (TstOnly) return 1; /* TT */
		/* dead 1: seen */  (trpt+1)->bup.oval = ((P4 *)_this)->seen;
#ifdef HAS_CODE
		if (!readtrail)
#endif
			((P4 *)_this)->seen = 0;
		_m = 3; goto P999; /* 0 */
	case 158: // STATE 265 - lane.pml:499 - [seen = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][265] = 1;
		(trpt+1)->bup.oval = ((int)((P4 *)_this)->seen);
		((P4 *)_this)->seen = 0;
#ifdef VAR_RANGES
		logval("Sender:seen", ((int)((P4 *)_this)->seen));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 159: // STATE 268 - lane.pml:500 - [assert(0)] (0:0:0 - 1)
		IfNotBlocked
		reached[4][268] = 1;
		spin_assert(0, "0", II, tt, t);
		_m = 3; goto P999; /* 0 */
	case 160: // STATE 272 - lane.pml:503 - [(!(mayAct[me]))] (0:0:0 - 1)
		IfNotBlocked
		reached[4][272] = 1;
		if (!( !(((int)now.mayAct[ Index(((int)((P4 *)_this)->me), 2) ]))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 161: // STATE 275 - lane.pml:504 - [((lock!=me))] (0:0:0 - 1)
		IfNotBlocked
		reached[4][275] = 1;
		if (!((((int)now.lock)!=((int)((P4 *)_this)->me))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 162: // STATE 280 - lane.pml:510 - [(mayAct[me])] (0:0:0 - 1)
		IfNotBlocked
		reached[4][280] = 1;
		if (!(((int)now.mayAct[ Index(((int)((P4 *)_this)->me), 2) ])))
			continue;
		_m = 3; goto P999; /* 0 */
	case 163: // STATE 281 - lane.pml:511 - [fresh[me] = 1] (0:0:1 - 1)
		IfNotBlocked
		reached[4][281] = 1;
		(trpt+1)->bup.oval = ((int)now.fresh[ Index(((int)((P4 *)_this)->me), 2) ]);
		now.fresh[ Index(((P4 *)_this)->me, 2) ] = 1;
#ifdef VAR_RANGES
		logval("fresh[Sender:me]", ((int)now.fresh[ Index(((int)((P4 *)_this)->me), 2) ]));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 164: // STATE 282 - lane.pml:513 - [(indexed)] (0:0:0 - 1)
		IfNotBlocked
		reached[4][282] = 1;
		if (!(((int)now.indexed)))
			continue;
		_m = 3; goto P999; /* 0 */
	case 165: // STATE 289 - lane.pml:517 - [(!(mayAct[me]))] (0:0:0 - 1)
		IfNotBlocked
		reached[4][289] = 1;
		if (!( !(((int)now.mayAct[ Index(((int)((P4 *)_this)->me), 2) ]))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 166: // STATE 292 - lane.pml:518 - [((lock!=me))] (0:0:0 - 1)
		IfNotBlocked
		reached[4][292] = 1;
		if (!((((int)now.lock)!=((int)((P4 *)_this)->me))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 167: // STATE 297 - lane.pml:525 - [((owner==me))] (0:0:0 - 1)
		IfNotBlocked
		reached[4][297] = 1;
		if (!((((int)now.owner)==((int)((P4 *)_this)->me))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 168: // STATE 298 - lane.pml:525 - [nonce = (1-nonce)] (0:0:1 - 1)
		IfNotBlocked
		reached[4][298] = 1;
		(trpt+1)->bup.oval = ((int)now.nonce);
		now.nonce = (1-((int)now.nonce));
#ifdef VAR_RANGES
		logval("nonce", ((int)now.nonce));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 169: // STATE 299 - lane.pml:525 - [journalled = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][299] = 1;
		(trpt+1)->bup.oval = ((int)now.journalled);
		now.journalled = 0;
#ifdef VAR_RANGES
		logval("journalled", ((int)now.journalled));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 170: // STATE 300 - lane.pml:99 - [relaxed = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][300] = 1;
		(trpt+1)->bup.oval = ((int)now.relaxed);
		now.relaxed = 0;
#ifdef VAR_RANGES
		logval("relaxed", ((int)now.relaxed));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 171: // STATE 301 - lane.pml:99 - [baseBefore = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][301] = 1;
		(trpt+1)->bup.oval = ((int)now.baseBefore);
		now.baseBefore = 0;
#ifdef VAR_RANGES
		logval("baseBefore", ((int)now.baseBefore));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 172: // STATE 302 - lane.pml:99 - [shadeBefore = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][302] = 1;
		(trpt+1)->bup.oval = ((int)now.shadeBefore);
		now.shadeBefore = 0;
#ifdef VAR_RANGES
		logval("shadeBefore", ((int)now.shadeBefore));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 173: // STATE 303 - lane.pml:100 - [(!(journalled))] (0:0:0 - 1)
		IfNotBlocked
		reached[4][303] = 1;
		if (!( !(((int)now.journalled))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 174: // STATE 304 - lane.pml:100 - [jAge = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][304] = 1;
		(trpt+1)->bup.oval = ((int)now.jAge);
		now.jAge = 0;
#ifdef VAR_RANGES
		logval("jAge", ((int)now.jAge));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 175: // STATE 305 - lane.pml:100 - [jFrom = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][305] = 1;
		(trpt+1)->bup.oval = ((int)now.jFrom);
		now.jFrom = 0;
#ifdef VAR_RANGES
		logval("jFrom", ((int)now.jFrom));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 176: // STATE 306 - lane.pml:100 - [jTo = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][306] = 1;
		(trpt+1)->bup.oval = ((int)now.jTo);
		now.jTo = 0;
#ifdef VAR_RANGES
		logval("jTo", ((int)now.jTo));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 177: // STATE 317 - lane.pml:533 - [((owner==me))] (0:0:0 - 1)
		IfNotBlocked
		reached[4][317] = 1;
		if (!((((int)now.owner)==((int)((P4 *)_this)->me))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 178: // STATE 318 - lane.pml:534 - [lapsed = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][318] = 1;
		(trpt+1)->bup.oval = ((int)now.lapsed);
		now.lapsed = 0;
#ifdef VAR_RANGES
		logval("lapsed", ((int)now.lapsed));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 179: // STATE 319 - lane.pml:534 - [mayAct[me] = 1] (0:0:1 - 1)
		IfNotBlocked
		reached[4][319] = 1;
		(trpt+1)->bup.oval = ((int)now.mayAct[ Index(((int)((P4 *)_this)->me), 2) ]);
		now.mayAct[ Index(((P4 *)_this)->me, 2) ] = 1;
#ifdef VAR_RANGES
		logval("mayAct[Sender:me]", ((int)now.mayAct[ Index(((int)((P4 *)_this)->me), 2) ]));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 180: // STATE 320 - lane.pml:534 - [sawLapse[0] = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][320] = 1;
		(trpt+1)->bup.oval = ((int)now.sawLapse[0]);
		now.sawLapse[0] = 0;
#ifdef VAR_RANGES
		logval("sawLapse[0]", ((int)now.sawLapse[0]));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 181: // STATE 321 - lane.pml:534 - [sawLapse[1] = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][321] = 1;
		(trpt+1)->bup.oval = ((int)now.sawLapse[1]);
		now.sawLapse[1] = 0;
#ifdef VAR_RANGES
		logval("sawLapse[1]", ((int)now.sawLapse[1]));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 182: // STATE 322 - lane.pml:536 - [((journalled&&doubt))] (0:0:0 - 1)
		IfNotBlocked
		reached[4][322] = 1;
		if (!((((int)now.journalled)&&((int)((P4 *)_this)->doubt))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 183: // STATE 324 - lane.pml:537 - [((journalled&&!(doubt)))] (0:0:0 - 1)
		IfNotBlocked
		reached[4][324] = 1;
		if (!((((int)now.journalled)&& !(((int)((P4 *)_this)->doubt)))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 184: // STATE 335 - lane.pml:322 - [((net[0].there&&(net[0].sender==me)))] (0:0:0 - 1)
		IfNotBlocked
		reached[4][335] = 1;
		if (!((((int)now.net[0].there)&&(((int)now.net[0].sender)==((int)((P4 *)_this)->me)))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 185: // STATE 336 - lane.pml:322 - [net[0].sender = 2] (0:0:1 - 1)
		IfNotBlocked
		reached[4][336] = 1;
		(trpt+1)->bup.oval = ((int)now.net[0].sender);
		now.net[0].sender = 2;
#ifdef VAR_RANGES
		logval("net[0].sender", ((int)now.net[0].sender));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 186: // STATE 340 - lane.pml:323 - [((net[1].there&&(net[1].sender==me)))] (0:0:0 - 1)
		IfNotBlocked
		reached[4][340] = 1;
		if (!((((int)now.net[1].there)&&(((int)now.net[1].sender)==((int)((P4 *)_this)->me)))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 187: // STATE 341 - lane.pml:323 - [net[1].sender = 2] (0:0:1 - 1)
		IfNotBlocked
		reached[4][341] = 1;
		(trpt+1)->bup.oval = ((int)now.net[1].sender);
		now.net[1].sender = 2;
#ifdef VAR_RANGES
		logval("net[1].sender", ((int)now.net[1].sender));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 188: // STATE 345 - lane.pml:327 - [((lock==me))] (0:0:0 - 1)
		IfNotBlocked
		reached[4][345] = 1;
		if (!((((int)now.lock)==((int)((P4 *)_this)->me))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 189: // STATE 346 - lane.pml:327 - [lock = 2] (0:0:1 - 1)
		IfNotBlocked
		reached[4][346] = 1;
		(trpt+1)->bup.oval = ((int)now.lock);
		now.lock = 2;
#ifdef VAR_RANGES
		logval("lock", ((int)now.lock));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 190: // STATE 350 - lane.pml:328 - [answer[me] = nothing] (0:0:1 - 3)
		IfNotBlocked
		reached[4][350] = 1;
		(trpt+1)->bup.oval = now.answer[ Index(((int)((P4 *)_this)->me), 2) ];
		now.answer[ Index(((P4 *)_this)->me, 2) ] = 5;
#ifdef VAR_RANGES
		logval("answer[Sender:me]", now.answer[ Index(((int)((P4 *)_this)->me), 2) ]);
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 191: // STATE 351 - lane.pml:329 - [mayAct[me] = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][351] = 1;
		(trpt+1)->bup.oval = ((int)now.mayAct[ Index(((int)((P4 *)_this)->me), 2) ]);
		now.mayAct[ Index(((P4 *)_this)->me, 2) ] = 0;
#ifdef VAR_RANGES
		logval("mayAct[Sender:me]", ((int)now.mayAct[ Index(((int)((P4 *)_this)->me), 2) ]));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 192: // STATE 352 - lane.pml:329 - [sawLapse[me] = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][352] = 1;
		(trpt+1)->bup.oval = ((int)now.sawLapse[ Index(((int)((P4 *)_this)->me), 2) ]);
		now.sawLapse[ Index(((P4 *)_this)->me, 2) ] = 0;
#ifdef VAR_RANGES
		logval("sawLapse[Sender:me]", ((int)now.sawLapse[ Index(((int)((P4 *)_this)->me), 2) ]));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 193: // STATE 353 - lane.pml:329 - [knows[me] = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][353] = 1;
		(trpt+1)->bup.oval = ((int)now.knows[ Index(((int)((P4 *)_this)->me), 2) ]);
		now.knows[ Index(((P4 *)_this)->me, 2) ] = 0;
#ifdef VAR_RANGES
		logval("knows[Sender:me]", ((int)now.knows[ Index(((int)((P4 *)_this)->me), 2) ]));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 194: // STATE 354 - lane.pml:329 - [fresh[me] = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][354] = 1;
		(trpt+1)->bup.oval = ((int)now.fresh[ Index(((int)((P4 *)_this)->me), 2) ]);
		now.fresh[ Index(((P4 *)_this)->me, 2) ] = 0;
#ifdef VAR_RANGES
		logval("fresh[Sender:me]", ((int)now.fresh[ Index(((int)((P4 *)_this)->me), 2) ]));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 195: // STATE 355 - lane.pml:329 - [looked[me] = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][355] = 1;
		(trpt+1)->bup.oval = ((int)now.looked[ Index(((int)((P4 *)_this)->me), 2) ]);
		now.looked[ Index(((P4 *)_this)->me, 2) ] = 0;
#ifdef VAR_RANGES
		logval("looked[Sender:me]", ((int)now.looked[ Index(((int)((P4 *)_this)->me), 2) ]));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 196: // STATE 356 - lane.pml:330 - [doubt = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][356] = 1;
		(trpt+1)->bup.oval = ((int)((P4 *)_this)->doubt);
		((P4 *)_this)->doubt = 0;
#ifdef VAR_RANGES
		logval("Sender:doubt", ((int)((P4 *)_this)->doubt));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 197: // STATE 357 - lane.pml:330 - [seen = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][357] = 1;
		(trpt+1)->bup.oval = ((int)((P4 *)_this)->seen);
		((P4 *)_this)->seen = 0;
#ifdef VAR_RANGES
		logval("Sender:seen", ((int)((P4 *)_this)->seen));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 198: // STATE 358 - lane.pml:330 - [over = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][358] = 1;
		(trpt+1)->bup.oval = ((int)((P4 *)_this)->over);
		((P4 *)_this)->over = 0;
#ifdef VAR_RANGES
		logval("Sender:over", ((int)((P4 *)_this)->over));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 199: // STATE 359 - lane.pml:330 - [withNonce = 0] (0:0:1 - 1)
		IfNotBlocked
		reached[4][359] = 1;
		(trpt+1)->bup.oval = ((int)((P4 *)_this)->withNonce);
		((P4 *)_this)->withNonce = 0;
#ifdef VAR_RANGES
		logval("Sender:withNonce", ((int)((P4 *)_this)->withNonce));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 200: // STATE 361 - lane.pml:548 - [((owner==me))] (0:0:0 - 1)
		IfNotBlocked
		reached[4][361] = 1;
		if (!((((int)now.owner)==((int)((P4 *)_this)->me))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 201: // STATE 362 - lane.pml:548 - [lapsed = 1] (0:0:1 - 1)
		IfNotBlocked
		reached[4][362] = 1;
		(trpt+1)->bup.oval = ((int)now.lapsed);
		now.lapsed = 1;
#ifdef VAR_RANGES
		logval("lapsed", ((int)now.lapsed));
#endif
		;
		_m = 3; goto P999; /* 0 */

		 /* PROC Device */
	case 202: // STATE 1 - lane.pml:254 - [(((!(lapsed)&&!(killed[0]))&&!(killed[1])))] (0:0:0 - 1)
		IfNotBlocked
		reached[3][1] = 1;
		if (!((( !(((int)now.lapsed))&& !(((int)now.killed[0])))&& !(((int)now.killed[1])))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 203: // STATE 2 - lane.pml:254 - [(1)] (92:0:3 - 1)
		IfNotBlocked
		reached[3][2] = 1;
		if (!(1))
			continue;
		/* merge: lapsed = 1(92, 3, 92) */
		reached[3][3] = 1;
		(trpt+1)->bup.ovals = grab_ints(3);
		(trpt+1)->bup.ovals[0] = ((int)now.lapsed);
		now.lapsed = 1;
#ifdef VAR_RANGES
		logval("lapsed", ((int)now.lapsed));
#endif
		;
		/* merge: mayAct[0] = 0(92, 4, 92) */
		reached[3][4] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.mayAct[0]);
		now.mayAct[0] = 0;
#ifdef VAR_RANGES
		logval("mayAct[0]", ((int)now.mayAct[0]));
#endif
		;
		/* merge: mayAct[1] = 0(92, 5, 92) */
		reached[3][5] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.mayAct[1]);
		now.mayAct[1] = 0;
#ifdef VAR_RANGES
		logval("mayAct[1]", ((int)now.mayAct[1]));
#endif
		;
		/* merge: .(goto)(0, 93, 92) */
		reached[3][93] = 1;
		;
		_m = 3; goto P999; /* 4 */
	case 204: // STATE 7 - lane.pml:255 - [(!(killed[0]))] (0:0:0 - 1)
		IfNotBlocked
		reached[3][7] = 1;
		if (!( !(((int)now.killed[0]))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 205: // STATE 9 - lane.pml:243 - [killed[0] = 1] (0:0:1 - 1)
		IfNotBlocked
		reached[3][9] = 1;
		(trpt+1)->bup.oval = ((int)now.killed[0]);
		now.killed[0] = 1;
#ifdef VAR_RANGES
		logval("killed[0]", ((int)now.killed[0]));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 206: // STATE 10 - lane.pml:244 - [((net[0].there&&(net[0].sender==0)))] (18:0:1 - 1)
		IfNotBlocked
		reached[3][10] = 1;
		if (!((((int)now.net[0].there)&&(((int)now.net[0].sender)==0))))
			continue;
		/* merge: net[0].sender = 2(0, 11, 18) */
		reached[3][11] = 1;
		(trpt+1)->bup.oval = ((int)now.net[0].sender);
		now.net[0].sender = 2;
#ifdef VAR_RANGES
		logval("net[0].sender", ((int)now.net[0].sender));
#endif
		;
		/* merge: .(goto)(0, 14, 18) */
		reached[3][14] = 1;
		;
		_m = 3; goto P999; /* 2 */
	case 207: // STATE 15 - lane.pml:245 - [((net[1].there&&(net[1].sender==0)))] (92:0:1 - 1)
		IfNotBlocked
		reached[3][15] = 1;
		if (!((((int)now.net[1].there)&&(((int)now.net[1].sender)==0))))
			continue;
		/* merge: net[1].sender = 2(92, 16, 92) */
		reached[3][16] = 1;
		(trpt+1)->bup.oval = ((int)now.net[1].sender);
		now.net[1].sender = 2;
#ifdef VAR_RANGES
		logval("net[1].sender", ((int)now.net[1].sender));
#endif
		;
		/* merge: .(goto)(92, 19, 92) */
		reached[3][19] = 1;
		;
		/* merge: .(goto)(0, 93, 92) */
		reached[3][93] = 1;
		;
		_m = 3; goto P999; /* 3 */
	case 208: // STATE 19 - lane.pml:249 - [.(goto)] (0:92:0 - 2)
		IfNotBlocked
		reached[3][19] = 1;
		;
		/* merge: .(goto)(0, 93, 92) */
		reached[3][93] = 1;
		;
		_m = 3; goto P999; /* 1 */
	case 209: // STATE 22 - lane.pml:256 - [(!(killed[1]))] (0:0:0 - 1)
		IfNotBlocked
		reached[3][22] = 1;
		if (!( !(((int)now.killed[1]))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 210: // STATE 24 - lane.pml:243 - [killed[1] = 1] (0:0:1 - 1)
		IfNotBlocked
		reached[3][24] = 1;
		(trpt+1)->bup.oval = ((int)now.killed[1]);
		now.killed[1] = 1;
#ifdef VAR_RANGES
		logval("killed[1]", ((int)now.killed[1]));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 211: // STATE 25 - lane.pml:244 - [((net[0].there&&(net[0].sender==1)))] (33:0:1 - 1)
		IfNotBlocked
		reached[3][25] = 1;
		if (!((((int)now.net[0].there)&&(((int)now.net[0].sender)==1))))
			continue;
		/* merge: net[0].sender = 2(0, 26, 33) */
		reached[3][26] = 1;
		(trpt+1)->bup.oval = ((int)now.net[0].sender);
		now.net[0].sender = 2;
#ifdef VAR_RANGES
		logval("net[0].sender", ((int)now.net[0].sender));
#endif
		;
		/* merge: .(goto)(0, 29, 33) */
		reached[3][29] = 1;
		;
		_m = 3; goto P999; /* 2 */
	case 212: // STATE 30 - lane.pml:245 - [((net[1].there&&(net[1].sender==1)))] (92:0:1 - 1)
		IfNotBlocked
		reached[3][30] = 1;
		if (!((((int)now.net[1].there)&&(((int)now.net[1].sender)==1))))
			continue;
		/* merge: net[1].sender = 2(92, 31, 92) */
		reached[3][31] = 1;
		(trpt+1)->bup.oval = ((int)now.net[1].sender);
		now.net[1].sender = 2;
#ifdef VAR_RANGES
		logval("net[1].sender", ((int)now.net[1].sender));
#endif
		;
		/* merge: .(goto)(92, 34, 92) */
		reached[3][34] = 1;
		;
		/* merge: .(goto)(0, 93, 92) */
		reached[3][93] = 1;
		;
		_m = 3; goto P999; /* 3 */
	case 213: // STATE 34 - lane.pml:249 - [.(goto)] (0:92:0 - 2)
		IfNotBlocked
		reached[3][34] = 1;
		;
		/* merge: .(goto)(0, 93, 92) */
		reached[3][93] = 1;
		;
		_m = 3; goto P999; /* 1 */
	case 214: // STATE 37 - lane.pml:259 - [((!(killed[0])&&!(killed[1])))] (0:0:0 - 1)
		IfNotBlocked
		reached[3][37] = 1;
		if (!(( !(((int)now.killed[0]))&& !(((int)now.killed[1])))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 215: // STATE 39 - lane.pml:243 - [killed[0] = 1] (0:0:1 - 1)
		IfNotBlocked
		reached[3][39] = 1;
		(trpt+1)->bup.oval = ((int)now.killed[0]);
		now.killed[0] = 1;
#ifdef VAR_RANGES
		logval("killed[0]", ((int)now.killed[0]));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 216: // STATE 40 - lane.pml:244 - [((net[0].there&&(net[0].sender==0)))] (48:0:1 - 1)
		IfNotBlocked
		reached[3][40] = 1;
		if (!((((int)now.net[0].there)&&(((int)now.net[0].sender)==0))))
			continue;
		/* merge: net[0].sender = 2(0, 41, 48) */
		reached[3][41] = 1;
		(trpt+1)->bup.oval = ((int)now.net[0].sender);
		now.net[0].sender = 2;
#ifdef VAR_RANGES
		logval("net[0].sender", ((int)now.net[0].sender));
#endif
		;
		/* merge: .(goto)(0, 44, 48) */
		reached[3][44] = 1;
		;
		_m = 3; goto P999; /* 2 */
	case 217: // STATE 45 - lane.pml:245 - [((net[1].there&&(net[1].sender==0)))] (62:0:1 - 1)
		IfNotBlocked
		reached[3][45] = 1;
		if (!((((int)now.net[1].there)&&(((int)now.net[1].sender)==0))))
			continue;
		/* merge: net[1].sender = 2(0, 46, 62) */
		reached[3][46] = 1;
		(trpt+1)->bup.oval = ((int)now.net[1].sender);
		now.net[1].sender = 2;
#ifdef VAR_RANGES
		logval("net[1].sender", ((int)now.net[1].sender));
#endif
		;
		/* merge: .(goto)(0, 49, 62) */
		reached[3][49] = 1;
		;
		_m = 3; goto P999; /* 2 */
	case 218: // STATE 51 - lane.pml:243 - [killed[1] = 1] (0:0:1 - 1)
		IfNotBlocked
		reached[3][51] = 1;
		(trpt+1)->bup.oval = ((int)now.killed[1]);
		now.killed[1] = 1;
#ifdef VAR_RANGES
		logval("killed[1]", ((int)now.killed[1]));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 219: // STATE 52 - lane.pml:244 - [((net[0].there&&(net[0].sender==1)))] (60:0:1 - 1)
		IfNotBlocked
		reached[3][52] = 1;
		if (!((((int)now.net[0].there)&&(((int)now.net[0].sender)==1))))
			continue;
		/* merge: net[0].sender = 2(0, 53, 60) */
		reached[3][53] = 1;
		(trpt+1)->bup.oval = ((int)now.net[0].sender);
		now.net[0].sender = 2;
#ifdef VAR_RANGES
		logval("net[0].sender", ((int)now.net[0].sender));
#endif
		;
		/* merge: .(goto)(0, 56, 60) */
		reached[3][56] = 1;
		;
		_m = 3; goto P999; /* 2 */
	case 220: // STATE 57 - lane.pml:245 - [((net[1].there&&(net[1].sender==1)))] (71:0:1 - 1)
		IfNotBlocked
		reached[3][57] = 1;
		if (!((((int)now.net[1].there)&&(((int)now.net[1].sender)==1))))
			continue;
		/* merge: net[1].sender = 2(0, 58, 71) */
		reached[3][58] = 1;
		(trpt+1)->bup.oval = ((int)now.net[1].sender);
		now.net[1].sender = 2;
#ifdef VAR_RANGES
		logval("net[1].sender", ((int)now.net[1].sender));
#endif
		;
		/* merge: .(goto)(0, 61, 71) */
		reached[3][61] = 1;
		;
		_m = 3; goto P999; /* 2 */
	case 221: // STATE 63 - lane.pml:263 - [(relaxed)] (77:0:6 - 1)
		IfNotBlocked
		reached[3][63] = 1;
		if (!(((int)now.relaxed)))
			continue;
		/* merge: journalled = 1(77, 64, 77) */
		reached[3][64] = 1;
		(trpt+1)->bup.ovals = grab_ints(6);
		(trpt+1)->bup.ovals[0] = ((int)now.journalled);
		now.journalled = 1;
#ifdef VAR_RANGES
		logval("journalled", ((int)now.journalled));
#endif
		;
		/* merge: acked = jFrom(77, 65, 77) */
		reached[3][65] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.acked);
		now.acked = ((int)now.jFrom);
#ifdef VAR_RANGES
		logval("acked", ((int)now.acked));
#endif
		;
		/* merge: base = baseBefore(77, 66, 77) */
		reached[3][66] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.base);
		now.base = ((int)now.baseBefore);
#ifdef VAR_RANGES
		logval("base", ((int)now.base));
#endif
		;
		/* merge: shade = shadeBefore(77, 67, 77) */
		reached[3][67] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.shade);
		now.shade = ((int)now.shadeBefore);
#ifdef VAR_RANGES
		logval("shade", ((int)now.shade));
#endif
		;
		/* merge: closing = 0(77, 68, 77) */
		reached[3][68] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.closing);
		now.closing = 0;
#ifdef VAR_RANGES
		logval("closing", ((int)now.closing));
#endif
		;
		/* merge: restores = (jFrom==jTo)(77, 69, 77) */
		reached[3][69] = 1;
		(trpt+1)->bup.ovals[5] = ((int)now.restores);
		now.restores = (((int)now.jFrom)==((int)now.jTo));
#ifdef VAR_RANGES
		logval("restores", ((int)now.restores));
#endif
		;
		/* merge: .(goto)(0, 72, 77) */
		reached[3][72] = 1;
		;
		_m = 3; goto P999; /* 7 */
	case 222: // STATE 73 - lane.pml:268 - [(journalRelaxed)] (89:0:2 - 1)
		IfNotBlocked
		reached[3][73] = 1;
		if (!(((int)now.journalRelaxed)))
			continue;
		/* merge: journalled = 0(89, 74, 89) */
		reached[3][74] = 1;
		(trpt+1)->bup.ovals = grab_ints(2);
		(trpt+1)->bup.ovals[0] = ((int)now.journalled);
		now.journalled = 0;
#ifdef VAR_RANGES
		logval("journalled", ((int)now.journalled));
#endif
		;
		/* merge: jAge = 0(89, 75, 89) */
		reached[3][75] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.jAge);
		now.jAge = 0;
#ifdef VAR_RANGES
		logval("jAge", ((int)now.jAge));
#endif
		;
		/* merge: .(goto)(0, 78, 89) */
		reached[3][78] = 1;
		;
		_m = 3; goto P999; /* 3 */
	case 223: // STATE 79 - lane.pml:99 - [relaxed = 0] (0:87:3 - 1)
		IfNotBlocked
		reached[3][79] = 1;
		(trpt+1)->bup.ovals = grab_ints(3);
		(trpt+1)->bup.ovals[0] = ((int)now.relaxed);
		now.relaxed = 0;
#ifdef VAR_RANGES
		logval("relaxed", ((int)now.relaxed));
#endif
		;
		/* merge: baseBefore = 0(87, 80, 87) */
		reached[3][80] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.baseBefore);
		now.baseBefore = 0;
#ifdef VAR_RANGES
		logval("baseBefore", ((int)now.baseBefore));
#endif
		;
		/* merge: shadeBefore = 0(87, 81, 87) */
		reached[3][81] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.shadeBefore);
		now.shadeBefore = 0;
#ifdef VAR_RANGES
		logval("shadeBefore", ((int)now.shadeBefore));
#endif
		;
		_m = 3; goto P999; /* 2 */
	case 224: // STATE 82 - lane.pml:100 - [(!(journalled))] (92:0:4 - 1)
		IfNotBlocked
		reached[3][82] = 1;
		if (!( !(((int)now.journalled))))
			continue;
		/* merge: jAge = 0(92, 83, 92) */
		reached[3][83] = 1;
		(trpt+1)->bup.ovals = grab_ints(4);
		(trpt+1)->bup.ovals[0] = ((int)now.jAge);
		now.jAge = 0;
#ifdef VAR_RANGES
		logval("jAge", ((int)now.jAge));
#endif
		;
		/* merge: jFrom = 0(92, 84, 92) */
		reached[3][84] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.jFrom);
		now.jFrom = 0;
#ifdef VAR_RANGES
		logval("jFrom", ((int)now.jFrom));
#endif
		;
		/* merge: jTo = 0(92, 85, 92) */
		reached[3][85] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.jTo);
		now.jTo = 0;
#ifdef VAR_RANGES
		logval("jTo", ((int)now.jTo));
#endif
		;
		/* merge: .(goto)(92, 88, 92) */
		reached[3][88] = 1;
		;
		/* merge: journalRelaxed = 0(92, 90, 92) */
		reached[3][90] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.journalRelaxed);
		now.journalRelaxed = 0;
#ifdef VAR_RANGES
		logval("journalRelaxed", ((int)now.journalRelaxed));
#endif
		;
		/* merge: .(goto)(0, 93, 92) */
		reached[3][93] = 1;
		;
		_m = 3; goto P999; /* 6 */
	case 225: // STATE 88 - lane.pml:101 - [.(goto)] (0:92:1 - 2)
		IfNotBlocked
		reached[3][88] = 1;
		;
		/* merge: journalRelaxed = 0(92, 90, 92) */
		reached[3][90] = 1;
		(trpt+1)->bup.oval = ((int)now.journalRelaxed);
		now.journalRelaxed = 0;
#ifdef VAR_RANGES
		logval("journalRelaxed", ((int)now.journalRelaxed));
#endif
		;
		/* merge: .(goto)(0, 93, 92) */
		reached[3][93] = 1;
		;
		_m = 3; goto P999; /* 2 */
	case 226: // STATE 95 - lane.pml:274 - [-end-] (0:0:0 - 1)
		IfNotBlocked
		reached[3][95] = 1;
		if (!delproc(1, II)) continue;
		_m = 3; goto P999; /* 0 */

		 /* PROC Time */
	case 227: // STATE 1 - lane.pml:216 - [((!((((net[0].there&&(net[0].sender!=2))&&(net[0].age>=1))||((net[1].there&&(net[1].sender!=2))&&(net[1].age>=1))))&&(((((((((((journalled||relaxed)&&(jAge<=2))||(shade&&(shadeAge<=2)))||(net[0].there||net[1].there))||((objects>0)&&!(indexed)))||remembered[0])||remembered[1])||fresh[0])||fresh[1])||looked[0])||looked[1])))] (0:0:0 - 1)
		IfNotBlocked
		reached[2][1] = 1;
		if (!(( !((((((int)now.net[0].there)&&(((int)now.net[0].sender)!=2))&&(((int)now.net[0].age)>=1))||((((int)now.net[1].there)&&(((int)now.net[1].sender)!=2))&&(((int)now.net[1].age)>=1))))&&(((((((((((((int)now.journalled)||((int)now.relaxed))&&(((int)now.jAge)<=2))||(((int)now.shade)&&(((int)now.shadeAge)<=2)))||(((int)now.net[0].there)||((int)now.net[1].there)))||((((int)now.objects)>0)&& !(((int)now.indexed))))||((int)now.remembered[0]))||((int)now.remembered[1]))||((int)now.fresh[0]))||((int)now.fresh[1]))||((int)now.looked[0]))||((int)now.looked[1])))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 228: // STATE 96 - lane.pml:217 - [D_STEP217]
		if (!(((boq == -1 && (((int)now.journalled)||((int)now.relaxed)))) || (boq == -1 /* else */)))
			continue;

		reached[2][96] = 1;
		reached[2][t->st] = 1;
		reached[2][tt] = 1;

		if (TstOnly) return 1;

		sv_save();
		S_126_0: /* 2 */
S_118_0: /* 2 */
		if (!((((int)now.journalled)||((int)now.relaxed))))
			goto S_126_1;
S_124_0: /* 2 */
S_122_0: /* 2 */
S_119_0: /* 2 */
		if (!((((int)now.jAge)<(2+1))))
			goto S_122_1;
S_120_0: /* 2 */
		now.jAge = (((int)now.jAge)+1);
#ifdef VAR_RANGES
		logval("jAge", ((int)now.jAge));
#endif
		;
		goto S_123_0;
S_122_1: /* 3 */
S_121_0: /* 2 */
		/* else */;
		goto S_123_0;
S_122_2: /* 3 */
		Uerror("blocking sel in d_step (nr.0, near line 197)");
S_123_0: /* 2 */
		goto S_127_0;
S_126_1: /* 3 */
S_125_0: /* 2 */
		/* else */;
		goto S_127_0;
S_126_2: /* 3 */
		Uerror("blocking sel in d_step (nr.1, near line 218)");
S_127_0: /* 2 */
S_136_0: /* 2 */
S_128_0: /* 2 */
		if (!(((int)now.shade)))
			goto S_136_1;
S_134_0: /* 2 */
S_132_0: /* 2 */
S_129_0: /* 2 */
		if (!((((int)now.shadeAge)<(2+1))))
			goto S_132_1;
S_130_0: /* 2 */
		now.shadeAge = (((int)now.shadeAge)+1);
#ifdef VAR_RANGES
		logval("shadeAge", ((int)now.shadeAge));
#endif
		;
		goto S_133_0;
S_132_1: /* 3 */
S_131_0: /* 2 */
		/* else */;
		goto S_133_0;
S_132_2: /* 3 */
		Uerror("blocking sel in d_step (nr.2, near line 197)");
S_133_0: /* 2 */
		goto S_137_0;
S_136_1: /* 3 */
S_135_0: /* 2 */
		/* else */;
		goto S_137_0;
S_136_2: /* 3 */
		Uerror("blocking sel in d_step (nr.3, near line 219)");
S_137_0: /* 2 */
S_152_0: /* 2 */
S_150_0: /* 2 */
S_138_0: /* 2 */
		if (!((((int)now.net[0].there)&&(((int)now.net[0].age)>=(1+2)))))
			goto S_150_1;
S_146_0: /* 2 */
S_145_0: /* 2 */
S_139_0: /* 2 */
		now.net[0].there = 0;
#ifdef VAR_RANGES
		logval("net[0].there", ((int)now.net[0].there));
#endif
		;
S_140_0: /* 2 */
		now.net[0].from = 0;
#ifdef VAR_RANGES
		logval("net[0].from", ((int)now.net[0].from));
#endif
		;
S_141_0: /* 2 */
		now.net[0].to = 0;
#ifdef VAR_RANGES
		logval("net[0].to", ((int)now.net[0].to));
#endif
		;
S_142_0: /* 2 */
		now.net[0].nonce = 0;
#ifdef VAR_RANGES
		logval("net[0].nonce", ((int)now.net[0].nonce));
#endif
		;
S_143_0: /* 2 */
		now.net[0].age = 0;
#ifdef VAR_RANGES
		logval("net[0].age", ((int)now.net[0].age));
#endif
		;
S_144_0: /* 2 */
		now.net[0].sender = 0;
#ifdef VAR_RANGES
		logval("net[0].sender", ((int)now.net[0].sender));
#endif
		;
		goto S_151_0;
S_150_1: /* 3 */
S_147_0: /* 2 */
		if (!((((int)now.net[0].there)&&(((int)now.net[0].age)<(1+2)))))
			goto S_150_2;
S_148_0: /* 2 */
		now.net[0].age = (((int)now.net[0].age)+1);
#ifdef VAR_RANGES
		logval("net[0].age", ((int)now.net[0].age));
#endif
		;
		goto S_151_0;
S_150_2: /* 3 */
S_149_0: /* 2 */
		/* else */;
		goto S_151_0;
S_150_3: /* 3 */
		Uerror("blocking sel in d_step (nr.4, near line 204)");
S_151_0: /* 2 */
		goto S_167_0;
S_167_0: /* 2 */
S_165_0: /* 2 */
S_153_0: /* 2 */
		if (!((((int)now.net[1].there)&&(((int)now.net[1].age)>=(1+2)))))
			goto S_165_1;
S_161_0: /* 2 */
S_160_0: /* 2 */
S_154_0: /* 2 */
		now.net[1].there = 0;
#ifdef VAR_RANGES
		logval("net[1].there", ((int)now.net[1].there));
#endif
		;
S_155_0: /* 2 */
		now.net[1].from = 0;
#ifdef VAR_RANGES
		logval("net[1].from", ((int)now.net[1].from));
#endif
		;
S_156_0: /* 2 */
		now.net[1].to = 0;
#ifdef VAR_RANGES
		logval("net[1].to", ((int)now.net[1].to));
#endif
		;
S_157_0: /* 2 */
		now.net[1].nonce = 0;
#ifdef VAR_RANGES
		logval("net[1].nonce", ((int)now.net[1].nonce));
#endif
		;
S_158_0: /* 2 */
		now.net[1].age = 0;
#ifdef VAR_RANGES
		logval("net[1].age", ((int)now.net[1].age));
#endif
		;
S_159_0: /* 2 */
		now.net[1].sender = 0;
#ifdef VAR_RANGES
		logval("net[1].sender", ((int)now.net[1].sender));
#endif
		;
		goto S_166_0;
S_165_1: /* 3 */
S_162_0: /* 2 */
		if (!((((int)now.net[1].there)&&(((int)now.net[1].age)<(1+2)))))
			goto S_165_2;
S_163_0: /* 2 */
		now.net[1].age = (((int)now.net[1].age)+1);
#ifdef VAR_RANGES
		logval("net[1].age", ((int)now.net[1].age));
#endif
		;
		goto S_166_0;
S_165_2: /* 3 */
S_164_0: /* 2 */
		/* else */;
		goto S_166_0;
S_165_3: /* 3 */
		Uerror("blocking sel in d_step (nr.5, near line 204)");
S_166_0: /* 2 */
		goto S_182_0;
S_182_0: /* 2 */
S_168_0: /* 2 */
		if (!(((((int)now.objects)>0)&& !(((int)now.indexed)))))
			goto S_182_1;
S_174_0: /* 2 */
S_172_0: /* 2 */
S_169_0: /* 2 */
		if (!((((int)now.objectAge)<(1+1))))
			goto S_172_1;
S_170_0: /* 2 */
		now.objectAge = (((int)now.objectAge)+1);
#ifdef VAR_RANGES
		logval("objectAge", ((int)now.objectAge));
#endif
		;
		goto S_173_0;
S_172_1: /* 3 */
S_171_0: /* 2 */
		/* else */;
		goto S_173_0;
S_172_2: /* 3 */
		Uerror("blocking sel in d_step (nr.6, near line 197)");
S_173_0: /* 2 */
		goto S_179_0;
S_179_0: /* 2 */
S_175_0: /* 2 */
		if (!((((int)now.objectAge)>1)))
			goto S_179_1;
S_176_0: /* 2 */
		now.indexed = 1;
#ifdef VAR_RANGES
		logval("indexed", ((int)now.indexed));
#endif
		;
S_177_0: /* 2 */
		now.objectAge = 0;
#ifdef VAR_RANGES
		logval("objectAge", ((int)now.objectAge));
#endif
		;
		goto S_180_0;
S_179_1: /* 3 */
S_178_0: /* 2 */
		/* else */;
		goto S_180_0;
S_179_2: /* 3 */
		Uerror("blocking sel in d_step (nr.7, near line 227)");
S_180_0: /* 2 */
		goto S_183_0;
S_182_1: /* 3 */
S_181_0: /* 2 */
		/* else */;
		goto S_183_0;
S_182_2: /* 3 */
		Uerror("blocking sel in d_step (nr.8, near line 225)");
S_183_0: /* 2 */
S_194_0: /* 2 */
S_184_0: /* 2 */
		if (!(((int)now.remembered[0])))
			goto S_194_1;
S_185_0: /* 2 */
		now.nonceAge[0] = (((int)now.nonceAge[0])+1);
#ifdef VAR_RANGES
		logval("nonceAge[0]", ((int)now.nonceAge[0]));
#endif
		;
S_191_0: /* 2 */
S_186_0: /* 2 */
		if (!((((int)now.nonceAge[0])>=6)))
			goto S_191_1;
S_187_0: /* 2 */
		now.remembered[0] = 0;
#ifdef VAR_RANGES
		logval("remembered[0]", ((int)now.remembered[0]));
#endif
		;
S_188_0: /* 2 */
		now.nonceAge[0] = 0;
#ifdef VAR_RANGES
		logval("nonceAge[0]", ((int)now.nonceAge[0]));
#endif
		;
S_189_0: /* 2 */
		now.body[0] = 0;
#ifdef VAR_RANGES
		logval("body[0]", ((int)now.body[0]));
#endif
		;
		goto S_192_0;
S_191_1: /* 3 */
S_190_0: /* 2 */
		/* else */;
		goto S_192_0;
S_191_2: /* 3 */
		Uerror("blocking sel in d_step (nr.9, near line 230)");
S_192_0: /* 2 */
		goto S_195_0;
S_194_1: /* 3 */
S_193_0: /* 2 */
		/* else */;
		goto S_195_0;
S_194_2: /* 3 */
		Uerror("blocking sel in d_step (nr.10, near line 230)");
S_195_0: /* 2 */
S_206_0: /* 2 */
S_196_0: /* 2 */
		if (!(((int)now.remembered[1])))
			goto S_206_1;
S_197_0: /* 2 */
		now.nonceAge[1] = (((int)now.nonceAge[1])+1);
#ifdef VAR_RANGES
		logval("nonceAge[1]", ((int)now.nonceAge[1]));
#endif
		;
S_203_0: /* 2 */
S_198_0: /* 2 */
		if (!((((int)now.nonceAge[1])>=6)))
			goto S_203_1;
S_199_0: /* 2 */
		now.remembered[1] = 0;
#ifdef VAR_RANGES
		logval("remembered[1]", ((int)now.remembered[1]));
#endif
		;
S_200_0: /* 2 */
		now.nonceAge[1] = 0;
#ifdef VAR_RANGES
		logval("nonceAge[1]", ((int)now.nonceAge[1]));
#endif
		;
S_201_0: /* 2 */
		now.body[1] = 0;
#ifdef VAR_RANGES
		logval("body[1]", ((int)now.body[1]));
#endif
		;
		goto S_204_0;
S_203_1: /* 3 */
S_202_0: /* 2 */
		/* else */;
		goto S_204_0;
S_203_2: /* 3 */
		Uerror("blocking sel in d_step (nr.11, near line 231)");
S_204_0: /* 2 */
		goto S_207_0;
S_206_1: /* 3 */
S_205_0: /* 2 */
		/* else */;
		goto S_207_0;
S_206_2: /* 3 */
		Uerror("blocking sel in d_step (nr.12, near line 231)");
S_207_0: /* 2 */
S_208_0: /* 2 */
		now.fresh[0] = 0;
#ifdef VAR_RANGES
		logval("fresh[0]", ((int)now.fresh[0]));
#endif
		;
S_209_0: /* 2 */
		now.fresh[1] = 0;
#ifdef VAR_RANGES
		logval("fresh[1]", ((int)now.fresh[1]));
#endif
		;
S_210_0: /* 2 */
		now.looked[0] = 0;
#ifdef VAR_RANGES
		logval("looked[0]", ((int)now.looked[0]));
#endif
		;
S_211_0: /* 2 */
		now.looked[1] = 0;
#ifdef VAR_RANGES
		logval("looked[1]", ((int)now.looked[1]));
#endif
		;
		goto S_219_0;
S_219_0: /* 1 */

#if defined(C_States) && (HAS_TRACK==1)
		c_update((uchar *) &(now.c_state[0]));
#endif
		_m = 3; goto P999;

	case 229: // STATE 98 - lane.pml:236 - [(((objects>0)&&!(indexed)))] (102:0:2 - 1)
		IfNotBlocked
		reached[2][98] = 1;
		if (!(((((int)now.objects)>0)&& !(((int)now.indexed)))))
			continue;
		/* merge: indexed = 1(102, 99, 102) */
		reached[2][99] = 1;
		(trpt+1)->bup.ovals = grab_ints(2);
		(trpt+1)->bup.ovals[0] = ((int)now.indexed);
		now.indexed = 1;
#ifdef VAR_RANGES
		logval("indexed", ((int)now.indexed));
#endif
		;
		/* merge: objectAge = 0(102, 100, 102) */
		reached[2][100] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.objectAge);
		now.objectAge = 0;
#ifdef VAR_RANGES
		logval("objectAge", ((int)now.objectAge));
#endif
		;
		/* merge: .(goto)(0, 103, 102) */
		reached[2][103] = 1;
		;
		_m = 3; goto P999; /* 3 */
	case 230: // STATE 105 - lane.pml:238 - [-end-] (0:0:0 - 1)
		IfNotBlocked
		reached[2][105] = 1;
		if (!delproc(1, II)) continue;
		_m = 3; goto P999; /* 0 */

		 /* PROC Copy */
	case 231: // STATE 1 - lane.pml:165 - [(net[i].there)] (0:0:0 - 1)
		IfNotBlocked
		reached[1][1] = 1;
		if (!(((int)now.net[ Index(((int)((P1 *)_this)->i), 2) ].there)))
			continue;
		_m = 3; goto P999; /* 0 */
	case 232: // STATE 2 - lane.pml:116 - [((net[i].from==0))] (0:0:0 - 1)
		IfNotBlocked
		reached[1][2] = 1;
		if (!((((int)now.net[ Index(((int)((P1 *)_this)->i), 2) ].from)==0)))
			continue;
		_m = 3; goto P999; /* 0 */
	case 233: // STATE 3 - lane.pml:118 - [((remembered[net[i].nonce]&&(body[net[i].nonce]==net[i].to)))] (41:0:1 - 1)
		IfNotBlocked
		reached[1][3] = 1;
		if (!((((int)now.remembered[ Index(((int)now.net[ Index(((int)((P1 *)_this)->i), 2) ].nonce), 2) ])&&(((int)now.body[ Index(((int)now.net[ Index(((int)((P1 *)_this)->i), 2) ].nonce), 2) ])==((int)now.net[ Index(((int)((P1 *)_this)->i), 2) ].to)))))
			continue;
		/* merge: reply = done(0, 4, 41) */
		reached[1][4] = 1;
		(trpt+1)->bup.oval = ((P1 *)_this)->reply;
		((P1 *)_this)->reply = 4;
#ifdef VAR_RANGES
		logval("Copy:reply", ((P1 *)_this)->reply);
#endif
		;
		/* merge: .(goto)(0, 16, 41) */
		reached[1][16] = 1;
		;
		/* merge: .(goto)(0, 36, 41) */
		reached[1][36] = 1;
		;
		_m = 3; goto P999; /* 3 */
	case 234: // STATE 5 - lane.pml:119 - [((remembered[net[i].nonce]&&(body[net[i].nonce]!=net[i].to)))] (41:0:1 - 1)
		IfNotBlocked
		reached[1][5] = 1;
		if (!((((int)now.remembered[ Index(((int)now.net[ Index(((int)((P1 *)_this)->i), 2) ].nonce), 2) ])&&(((int)now.body[ Index(((int)now.net[ Index(((int)((P1 *)_this)->i), 2) ].nonce), 2) ])!=((int)now.net[ Index(((int)((P1 *)_this)->i), 2) ].to)))))
			continue;
		/* merge: reply = invalid(0, 6, 41) */
		reached[1][6] = 1;
		(trpt+1)->bup.oval = ((P1 *)_this)->reply;
		((P1 *)_this)->reply = 3;
#ifdef VAR_RANGES
		logval("Copy:reply", ((P1 *)_this)->reply);
#endif
		;
		/* merge: .(goto)(0, 16, 41) */
		reached[1][16] = 1;
		;
		/* merge: .(goto)(0, 36, 41) */
		reached[1][36] = 1;
		;
		_m = 3; goto P999; /* 3 */
	case 235: // STATE 8 - lane.pml:121 - [assert((objects==0))] (0:41:6 - 1)
		IfNotBlocked
		reached[1][8] = 1;
		spin_assert((((int)now.objects)==0), "(objects==0)", II, tt, t);
		/* merge: objects = 1(41, 9, 41) */
		reached[1][9] = 1;
		(trpt+1)->bup.ovals = grab_ints(6);
		(trpt+1)->bup.ovals[0] = ((int)now.objects);
		now.objects = 1;
#ifdef VAR_RANGES
		logval("objects", ((int)now.objects));
#endif
		;
		/* merge: remembered[net[i].nonce] = 1(41, 10, 41) */
		reached[1][10] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.remembered[ Index(((int)now.net[ Index(((int)((P1 *)_this)->i), 2) ].nonce), 2) ]);
		now.remembered[ Index(now.net[ Index(((P1 *)_this)->i, 2) ].nonce, 2) ] = 1;
#ifdef VAR_RANGES
		logval("remembered[net[Copy:i].nonce]", ((int)now.remembered[ Index(((int)now.net[ Index(((int)((P1 *)_this)->i), 2) ].nonce), 2) ]));
#endif
		;
		/* merge: body[net[i].nonce] = net[i].to(41, 11, 41) */
		reached[1][11] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.body[ Index(((int)now.net[ Index(((int)((P1 *)_this)->i), 2) ].nonce), 2) ]);
		now.body[ Index(now.net[ Index(((P1 *)_this)->i, 2) ].nonce, 2) ] = ((int)now.net[ Index(((int)((P1 *)_this)->i), 2) ].to);
#ifdef VAR_RANGES
		logval("body[net[Copy:i].nonce]", ((int)now.body[ Index(((int)now.net[ Index(((int)((P1 *)_this)->i), 2) ].nonce), 2) ]));
#endif
		;
		/* merge: effect = net[i].to(41, 12, 41) */
		reached[1][12] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.effect);
		now.effect = ((int)now.net[ Index(((int)((P1 *)_this)->i), 2) ].to);
#ifdef VAR_RANGES
		logval("effect", ((int)now.effect));
#endif
		;
		/* merge: value = ( ((net[i].to<=1)) -> (0) : (( ((net[i].to<3)) -> (1) : (2) )) )(41, 13, 41) */
		reached[1][13] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.value);
		now.value = ( ((((int)now.net[ Index(((int)((P1 *)_this)->i), 2) ].to)<=1)) ? (0) : (( ((((int)now.net[ Index(((int)((P1 *)_this)->i), 2) ].to)<3)) ? (1) : (2) )) );
#ifdef VAR_RANGES
		logval("value", ((int)now.value));
#endif
		;
		/* merge: reply = done(41, 14, 41) */
		reached[1][14] = 1;
		(trpt+1)->bup.ovals[5] = ((P1 *)_this)->reply;
		((P1 *)_this)->reply = 4;
#ifdef VAR_RANGES
		logval("Copy:reply", ((P1 *)_this)->reply);
#endif
		;
		/* merge: .(goto)(0, 16, 41) */
		reached[1][16] = 1;
		;
		/* merge: .(goto)(0, 36, 41) */
		reached[1][36] = 1;
		;
		_m = 3; goto P999; /* 8 */
	case 236: // STATE 17 - lane.pml:129 - [(((net[i].from==3)&&(net[i].to==4)))] (41:0:2 - 1)
		IfNotBlocked
		reached[1][17] = 1;
		if (!(((((int)now.net[ Index(((int)((P1 *)_this)->i), 2) ].from)==3)&&(((int)now.net[ Index(((int)((P1 *)_this)->i), 2) ].to)==4))))
			continue;
		/* merge: assert((effect>=net[i].from))(41, 18, 41) */
		reached[1][18] = 1;
		spin_assert((((int)now.effect)>=((int)now.net[ Index(((int)((P1 *)_this)->i), 2) ].from)), "(effect>=net[i].from)", II, tt, t);
		/* merge: effect = 4(41, 19, 41) */
		reached[1][19] = 1;
		(trpt+1)->bup.ovals = grab_ints(2);
		(trpt+1)->bup.ovals[0] = ((int)now.effect);
		now.effect = 4;
#ifdef VAR_RANGES
		logval("effect", ((int)now.effect));
#endif
		;
		/* merge: reply = done(41, 20, 41) */
		reached[1][20] = 1;
		(trpt+1)->bup.ovals[1] = ((P1 *)_this)->reply;
		((P1 *)_this)->reply = 4;
#ifdef VAR_RANGES
		logval("Copy:reply", ((P1 *)_this)->reply);
#endif
		;
		/* merge: .(goto)(0, 36, 41) */
		reached[1][36] = 1;
		;
		_m = 3; goto P999; /* 4 */
	case 237: // STATE 22 - lane.pml:135 - [((effect==4))] (41:0:1 - 1)
		IfNotBlocked
		reached[1][22] = 1;
		if (!((((int)now.effect)==4)))
			continue;
		/* merge: reply = refused(0, 23, 41) */
		reached[1][23] = 1;
		(trpt+1)->bup.oval = ((P1 *)_this)->reply;
		((P1 *)_this)->reply = 2;
#ifdef VAR_RANGES
		logval("Copy:reply", ((P1 *)_this)->reply);
#endif
		;
		/* merge: .(goto)(0, 34, 41) */
		reached[1][34] = 1;
		;
		/* merge: .(goto)(0, 36, 41) */
		reached[1][36] = 1;
		;
		_m = 3; goto P999; /* 3 */
	case 238: // STATE 25 - lane.pml:137 - [assert((effect>=net[i].from))] (0:0:0 - 1)
		IfNotBlocked
		reached[1][25] = 1;
		spin_assert((((int)now.effect)>=((int)now.net[ Index(((int)((P1 *)_this)->i), 2) ].from)), "(effect>=net[i].from)", II, tt, t);
		_m = 3; goto P999; /* 0 */
	case 239: // STATE 26 - lane.pml:139 - [((net[i].to>effect))] (41:0:3 - 1)
		IfNotBlocked
		reached[1][26] = 1;
		if (!((((int)now.net[ Index(((int)((P1 *)_this)->i), 2) ].to)>((int)now.effect))))
			continue;
		/* merge: effect = net[i].to(41, 27, 41) */
		reached[1][27] = 1;
		(trpt+1)->bup.ovals = grab_ints(3);
		(trpt+1)->bup.ovals[0] = ((int)now.effect);
		now.effect = ((int)now.net[ Index(((int)((P1 *)_this)->i), 2) ].to);
#ifdef VAR_RANGES
		logval("effect", ((int)now.effect));
#endif
		;
		/* merge: .(goto)(41, 30, 41) */
		reached[1][30] = 1;
		;
		/* merge: value = ( ((net[i].to<=1)) -> (0) : (( ((net[i].to<3)) -> (1) : (2) )) )(41, 31, 41) */
		reached[1][31] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.value);
		now.value = ( ((((int)now.net[ Index(((int)((P1 *)_this)->i), 2) ].to)<=1)) ? (0) : (( ((((int)now.net[ Index(((int)((P1 *)_this)->i), 2) ].to)<3)) ? (1) : (2) )) );
#ifdef VAR_RANGES
		logval("value", ((int)now.value));
#endif
		;
		/* merge: reply = done(41, 32, 41) */
		reached[1][32] = 1;
		(trpt+1)->bup.ovals[2] = ((P1 *)_this)->reply;
		((P1 *)_this)->reply = 4;
#ifdef VAR_RANGES
		logval("Copy:reply", ((P1 *)_this)->reply);
#endif
		;
		/* merge: .(goto)(0, 34, 41) */
		reached[1][34] = 1;
		;
		/* merge: .(goto)(0, 36, 41) */
		reached[1][36] = 1;
		;
		_m = 3; goto P999; /* 6 */
	case 240: // STATE 31 - lane.pml:142 - [value = ( ((net[i].to<=1)) -> (0) : (( ((net[i].to<3)) -> (1) : (2) )) )] (0:41:2 - 3)
		IfNotBlocked
		reached[1][31] = 1;
		(trpt+1)->bup.ovals = grab_ints(2);
		(trpt+1)->bup.ovals[0] = ((int)now.value);
		now.value = ( ((((int)now.net[ Index(((int)((P1 *)_this)->i), 2) ].to)<=1)) ? (0) : (( ((((int)now.net[ Index(((int)((P1 *)_this)->i), 2) ].to)<3)) ? (1) : (2) )) );
#ifdef VAR_RANGES
		logval("value", ((int)now.value));
#endif
		;
		/* merge: reply = done(41, 32, 41) */
		reached[1][32] = 1;
		(trpt+1)->bup.ovals[1] = ((P1 *)_this)->reply;
		((P1 *)_this)->reply = 4;
#ifdef VAR_RANGES
		logval("Copy:reply", ((P1 *)_this)->reply);
#endif
		;
		/* merge: .(goto)(0, 34, 41) */
		reached[1][34] = 1;
		;
		/* merge: .(goto)(0, 36, 41) */
		reached[1][36] = 1;
		;
		_m = 3; goto P999; /* 3 */
	case 241: // STATE 39 - lane.pml:169 - [(1)] (49:0:1 - 1)
		IfNotBlocked
		reached[1][39] = 1;
		if (!(1))
			continue;
		/* merge: reply = cut(0, 40, 49) */
		reached[1][40] = 1;
		(trpt+1)->bup.oval = ((P1 *)_this)->reply;
		((P1 *)_this)->reply = 1;
#ifdef VAR_RANGES
		logval("Copy:reply", ((P1 *)_this)->reply);
#endif
		;
		/* merge: .(goto)(0, 42, 49) */
		reached[1][42] = 1;
		;
		_m = 3; goto P999; /* 2 */
	case 242: // STATE 43 - lane.pml:154 - [((net[i].sender!=2))] (60:0:4 - 1)
		IfNotBlocked
		reached[1][43] = 1;
		if (!((((int)now.net[ Index(((int)((P1 *)_this)->i), 2) ].sender)!=2)))
			continue;
		/* merge: answer[net[i].sender] = reply(60, 44, 60) */
		reached[1][44] = 1;
		(trpt+1)->bup.ovals = grab_ints(4);
		(trpt+1)->bup.ovals[0] = now.answer[ Index(((int)now.net[ Index(((int)((P1 *)_this)->i), 2) ].sender), 2) ];
		now.answer[ Index(now.net[ Index(((P1 *)_this)->i, 2) ].sender, 2) ] = ((P1 *)_this)->reply;
#ifdef VAR_RANGES
		logval("answer[net[Copy:i].sender]", now.answer[ Index(((int)now.net[ Index(((int)((P1 *)_this)->i), 2) ].sender), 2) ]);
#endif
		;
		/* merge: net[i].sender = 2(60, 45, 60) */
		reached[1][45] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.net[ Index(((int)((P1 *)_this)->i), 2) ].sender);
		now.net[ Index(((P1 *)_this)->i, 2) ].sender = 2;
#ifdef VAR_RANGES
		logval("net[Copy:i].sender", ((int)now.net[ Index(((int)((P1 *)_this)->i), 2) ].sender));
#endif
		;
		/* merge: .(goto)(60, 48, 60) */
		reached[1][48] = 1;
		;
		/* merge: reply = nothing(60, 50, 60) */
		reached[1][50] = 1;
		(trpt+1)->bup.ovals[2] = ((P1 *)_this)->reply;
		((P1 *)_this)->reply = 5;
#ifdef VAR_RANGES
		logval("Copy:reply", ((P1 *)_this)->reply);
#endif
		;
		if (TstOnly) return 1; /* TT */
		/* dead 2: reply */  
#ifdef HAS_CODE
		if (!readtrail)
#endif
			((P1 *)_this)->reply = 0;
		_m = 3; goto P999; /* 4 */
	case 243: // STATE 50 - lane.pml:172 - [reply = nothing] (0:60:2 - 3)
		IfNotBlocked
		reached[1][50] = 1;
		(trpt+1)->bup.ovals = grab_ints(2);
		(trpt+1)->bup.ovals[0] = ((P1 *)_this)->reply;
		((P1 *)_this)->reply = 5;
#ifdef VAR_RANGES
		logval("Copy:reply", ((P1 *)_this)->reply);
#endif
		;
		if (TstOnly) return 1; /* TT */
		/* dead 2: reply */  
#ifdef HAS_CODE
		if (!readtrail)
#endif
			((P1 *)_this)->reply = 0;
		_m = 3; goto P999; /* 0 */
	case 244: // STATE 57 - lane.pml:150 - [D_STEP150]
		IfNotBlocked

		reached[1][57] = 1;
		reached[1][t->st] = 1;
		reached[1][tt] = 1;

		if (TstOnly) return 1;

		sv_save();
		S_073_0: /* 2 */
		now.net[ Index(((P1 *)_this)->i, 2) ].there = 0;
#ifdef VAR_RANGES
		logval("net[Copy:i].there", ((int)now.net[ Index(((int)((P1 *)_this)->i), 2) ].there));
#endif
		;
S_074_0: /* 2 */
		now.net[ Index(((P1 *)_this)->i, 2) ].from = 0;
#ifdef VAR_RANGES
		logval("net[Copy:i].from", ((int)now.net[ Index(((int)((P1 *)_this)->i), 2) ].from));
#endif
		;
S_075_0: /* 2 */
		now.net[ Index(((P1 *)_this)->i, 2) ].to = 0;
#ifdef VAR_RANGES
		logval("net[Copy:i].to", ((int)now.net[ Index(((int)((P1 *)_this)->i), 2) ].to));
#endif
		;
S_076_0: /* 2 */
		now.net[ Index(((P1 *)_this)->i, 2) ].nonce = 0;
#ifdef VAR_RANGES
		logval("net[Copy:i].nonce", ((int)now.net[ Index(((int)((P1 *)_this)->i), 2) ].nonce));
#endif
		;
S_077_0: /* 2 */
		now.net[ Index(((P1 *)_this)->i, 2) ].age = 0;
#ifdef VAR_RANGES
		logval("net[Copy:i].age", ((int)now.net[ Index(((int)((P1 *)_this)->i), 2) ].age));
#endif
		;
S_078_0: /* 2 */
		now.net[ Index(((P1 *)_this)->i, 2) ].sender = 0;
#ifdef VAR_RANGES
		logval("net[Copy:i].sender", ((int)now.net[ Index(((int)((P1 *)_this)->i), 2) ].sender));
#endif
		;
		goto S_083_0;
S_083_0: /* 1 */

#if defined(C_States) && (HAS_TRACK==1)
		c_update((uchar *) &(now.c_state[0]));
#endif
		_m = 3; goto P999;

	case 245: // STATE 59 - lane.pml:175 - [(1)] (91:0:0 - 1)
		IfNotBlocked
		reached[1][59] = 1;
		if (!(1))
			continue;
		/* merge: .(goto)(0, 61, 91) */
		reached[1][61] = 1;
		;
		/* merge: .(goto)(0, 92, 91) */
		reached[1][92] = 1;
		;
		_m = 3; goto P999; /* 2 */
	case 246: // STATE 63 - lane.pml:179 - [(net[i].there)] (0:0:0 - 1)
		IfNotBlocked
		reached[1][63] = 1;
		if (!(((int)now.net[ Index(((int)((P1 *)_this)->i), 2) ].there)))
			continue;
		_m = 3; goto P999; /* 0 */
	case 247: // STATE 65 - lane.pml:154 - [((net[i].sender!=2))] (79:0:2 - 1)
		IfNotBlocked
		reached[1][65] = 1;
		if (!((((int)now.net[ Index(((int)((P1 *)_this)->i), 2) ].sender)!=2)))
			continue;
		/* merge: answer[net[i].sender] = 1(79, 66, 79) */
		reached[1][66] = 1;
		(trpt+1)->bup.ovals = grab_ints(2);
		(trpt+1)->bup.ovals[0] = now.answer[ Index(((int)now.net[ Index(((int)((P1 *)_this)->i), 2) ].sender), 2) ];
		now.answer[ Index(now.net[ Index(((P1 *)_this)->i, 2) ].sender, 2) ] = 1;
#ifdef VAR_RANGES
		logval("answer[net[Copy:i].sender]", now.answer[ Index(((int)now.net[ Index(((int)((P1 *)_this)->i), 2) ].sender), 2) ]);
#endif
		;
		/* merge: net[i].sender = 2(79, 67, 79) */
		reached[1][67] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.net[ Index(((int)((P1 *)_this)->i), 2) ].sender);
		now.net[ Index(((P1 *)_this)->i, 2) ].sender = 2;
#ifdef VAR_RANGES
		logval("net[Copy:i].sender", ((int)now.net[ Index(((int)((P1 *)_this)->i), 2) ].sender));
#endif
		;
		/* merge: .(goto)(0, 70, 79) */
		reached[1][70] = 1;
		;
		_m = 3; goto P999; /* 3 */
	case 248: // STATE 78 - lane.pml:150 - [D_STEP150]
		IfNotBlocked

		reached[1][78] = 1;
		reached[1][t->st] = 1;
		reached[1][tt] = 1;

		if (TstOnly) return 1;

		sv_save();
		S_094_0: /* 2 */
		now.net[ Index(((P1 *)_this)->i, 2) ].there = 0;
#ifdef VAR_RANGES
		logval("net[Copy:i].there", ((int)now.net[ Index(((int)((P1 *)_this)->i), 2) ].there));
#endif
		;
S_095_0: /* 2 */
		now.net[ Index(((P1 *)_this)->i, 2) ].from = 0;
#ifdef VAR_RANGES
		logval("net[Copy:i].from", ((int)now.net[ Index(((int)((P1 *)_this)->i), 2) ].from));
#endif
		;
S_096_0: /* 2 */
		now.net[ Index(((P1 *)_this)->i, 2) ].to = 0;
#ifdef VAR_RANGES
		logval("net[Copy:i].to", ((int)now.net[ Index(((int)((P1 *)_this)->i), 2) ].to));
#endif
		;
S_097_0: /* 2 */
		now.net[ Index(((P1 *)_this)->i, 2) ].nonce = 0;
#ifdef VAR_RANGES
		logval("net[Copy:i].nonce", ((int)now.net[ Index(((int)((P1 *)_this)->i), 2) ].nonce));
#endif
		;
S_098_0: /* 2 */
		now.net[ Index(((P1 *)_this)->i, 2) ].age = 0;
#ifdef VAR_RANGES
		logval("net[Copy:i].age", ((int)now.net[ Index(((int)((P1 *)_this)->i), 2) ].age));
#endif
		;
S_099_0: /* 2 */
		now.net[ Index(((P1 *)_this)->i, 2) ].sender = 0;
#ifdef VAR_RANGES
		logval("net[Copy:i].sender", ((int)now.net[ Index(((int)((P1 *)_this)->i), 2) ].sender));
#endif
		;
		goto S_114_0;
S_114_0: /* 1 */

#if defined(C_States) && (HAS_TRACK==1)
		c_update((uchar *) &(now.c_state[0]));
#endif
		_m = 3; goto P999;

	case 249: // STATE 81 - lane.pml:181 - [((net[i].there&&(net[i].sender!=2)))] (0:0:0 - 1)
		IfNotBlocked
		reached[1][81] = 1;
		if (!((((int)now.net[ Index(((int)((P1 *)_this)->i), 2) ].there)&&(((int)now.net[ Index(((int)((P1 *)_this)->i), 2) ].sender)!=2))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 250: // STATE 83 - lane.pml:154 - [((net[i].sender!=2))] (91:0:2 - 1)
		IfNotBlocked
		reached[1][83] = 1;
		if (!((((int)now.net[ Index(((int)((P1 *)_this)->i), 2) ].sender)!=2)))
			continue;
		/* merge: answer[net[i].sender] = 1(91, 84, 91) */
		reached[1][84] = 1;
		(trpt+1)->bup.ovals = grab_ints(2);
		(trpt+1)->bup.ovals[0] = now.answer[ Index(((int)now.net[ Index(((int)((P1 *)_this)->i), 2) ].sender), 2) ];
		now.answer[ Index(now.net[ Index(((P1 *)_this)->i, 2) ].sender, 2) ] = 1;
#ifdef VAR_RANGES
		logval("answer[net[Copy:i].sender]", now.answer[ Index(((int)now.net[ Index(((int)((P1 *)_this)->i), 2) ].sender), 2) ]);
#endif
		;
		/* merge: net[i].sender = 2(91, 85, 91) */
		reached[1][85] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.net[ Index(((int)((P1 *)_this)->i), 2) ].sender);
		now.net[ Index(((P1 *)_this)->i, 2) ].sender = 2;
#ifdef VAR_RANGES
		logval("net[Copy:i].sender", ((int)now.net[ Index(((int)((P1 *)_this)->i), 2) ].sender));
#endif
		;
		/* merge: .(goto)(91, 88, 91) */
		reached[1][88] = 1;
		;
		/* merge: .(goto)(0, 92, 91) */
		reached[1][92] = 1;
		;
		_m = 3; goto P999; /* 4 */
	case 251: // STATE 88 - lane.pml:157 - [.(goto)] (0:91:0 - 2)
		IfNotBlocked
		reached[1][88] = 1;
		;
		/* merge: .(goto)(0, 92, 91) */
		reached[1][92] = 1;
		;
		_m = 3; goto P999; /* 1 */
	case 252: // STATE 94 - lane.pml:183 - [-end-] (0:0:0 - 1)
		IfNotBlocked
		reached[1][94] = 1;
		if (!delproc(1, II)) continue;
		_m = 3; goto P999; /* 0 */

		 /* PROC Person */
	case 253: // STATE 1 - lane.pml:107 - [((called<4))] (13:0:1 - 1)
		IfNotBlocked
		reached[0][1] = 1;
		if (!((((int)now.called)<4)))
			continue;
		/* merge: called = (called+1)(0, 2, 13) */
		reached[0][2] = 1;
		(trpt+1)->bup.oval = ((int)now.called);
		now.called = (((int)now.called)+1);
#ifdef VAR_RANGES
		logval("called", ((int)now.called));
#endif
		;
		_m = 3; goto P999; /* 1 */
	case 254: // STATE 3 - lane.pml:99 - [relaxed = 0] (0:11:3 - 1)
		IfNotBlocked
		reached[0][3] = 1;
		(trpt+1)->bup.ovals = grab_ints(3);
		(trpt+1)->bup.ovals[0] = ((int)now.relaxed);
		now.relaxed = 0;
#ifdef VAR_RANGES
		logval("relaxed", ((int)now.relaxed));
#endif
		;
		/* merge: baseBefore = 0(11, 4, 11) */
		reached[0][4] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.baseBefore);
		now.baseBefore = 0;
#ifdef VAR_RANGES
		logval("baseBefore", ((int)now.baseBefore));
#endif
		;
		/* merge: shadeBefore = 0(11, 5, 11) */
		reached[0][5] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.shadeBefore);
		now.shadeBefore = 0;
#ifdef VAR_RANGES
		logval("shadeBefore", ((int)now.shadeBefore));
#endif
		;
		_m = 3; goto P999; /* 2 */
	case 255: // STATE 6 - lane.pml:100 - [(!(journalled))] (20:0:4 - 1)
		IfNotBlocked
		reached[0][6] = 1;
		if (!( !(((int)now.journalled))))
			continue;
		/* merge: jAge = 0(20, 7, 20) */
		reached[0][7] = 1;
		(trpt+1)->bup.ovals = grab_ints(4);
		(trpt+1)->bup.ovals[0] = ((int)now.jAge);
		now.jAge = 0;
#ifdef VAR_RANGES
		logval("jAge", ((int)now.jAge));
#endif
		;
		/* merge: jFrom = 0(20, 8, 20) */
		reached[0][8] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.jFrom);
		now.jFrom = 0;
#ifdef VAR_RANGES
		logval("jFrom", ((int)now.jFrom));
#endif
		;
		/* merge: jTo = 0(20, 9, 20) */
		reached[0][9] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.jTo);
		now.jTo = 0;
#ifdef VAR_RANGES
		logval("jTo", ((int)now.jTo));
#endif
		;
		/* merge: .(goto)(20, 12, 20) */
		reached[0][12] = 1;
		;
		/* merge: journalRelaxed = 0(20, 14, 20) */
		reached[0][14] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.journalRelaxed);
		now.journalRelaxed = 0;
#ifdef VAR_RANGES
		logval("journalRelaxed", ((int)now.journalRelaxed));
#endif
		;
		/* merge: .(goto)(0, 21, 20) */
		reached[0][21] = 1;
		;
		_m = 3; goto P999; /* 6 */
	case 256: // STATE 12 - lane.pml:101 - [.(goto)] (0:20:1 - 2)
		IfNotBlocked
		reached[0][12] = 1;
		;
		/* merge: journalRelaxed = 0(20, 14, 20) */
		reached[0][14] = 1;
		(trpt+1)->bup.oval = ((int)now.journalRelaxed);
		now.journalRelaxed = 0;
#ifdef VAR_RANGES
		logval("journalRelaxed", ((int)now.journalRelaxed));
#endif
		;
		/* merge: .(goto)(0, 21, 20) */
		reached[0][21] = 1;
		;
		_m = 3; goto P999; /* 2 */
	case 257: // STATE 16 - lane.pml:108 - [((called>0))] (23:0:1 - 1)
		IfNotBlocked
		reached[0][16] = 1;
		if (!((((int)now.called)>0)))
			continue;
		/* merge: stopped = 1(23, 17, 23) */
		reached[0][17] = 1;
		(trpt+1)->bup.oval = ((int)stopped);
		stopped = 1;
#ifdef VAR_RANGES
		logval("stopped", ((int)stopped));
#endif
		;
		/* merge: goto :b0(23, 18, 23) */
		reached[0][18] = 1;
		;
		_m = 3; goto P999; /* 2 */
	case 258: // STATE 23 - lane.pml:110 - [-end-] (0:0:0 - 2)
		IfNotBlocked
		reached[0][23] = 1;
		if (!delproc(1, II)) continue;
		_m = 3; goto P999; /* 0 */
	case  _T5:	/* np_ */
		if (!((!(trpt->o_pm&4) && !(trpt->tau&128))))
			continue;
		/* else fall through */
	case  _T2:	/* true */
		_m = 3; goto P999;
#undef rand
	}

