	switch (t->back) {
	default: Uerror("bad return move");
	case  0: goto R999; /* nothing to undo */

		 /* PROC :init: */

	case 3: // STATE 1
		;
		;
		delproc(0, now._nr_pr-1);
		;
		goto R999;

	case 4: // STATE 2
		;
		;
		delproc(0, now._nr_pr-1);
		;
		goto R999;

	case 5: // STATE 3
		;
		;
		delproc(0, now._nr_pr-1);
		;
		goto R999;

	case 6: // STATE 4
		;
		;
		delproc(0, now._nr_pr-1);
		;
		goto R999;

	case 7: // STATE 6
		;
		p_restor(II);
		;
		;
		goto R999;

		 /* PROC Sender */

	case 8: // STATE 369
		;
		now.killed[ Index(((P4 *)_this)->me, 2) ] = trpt->bup.oval;
		;
		goto R999;

	case 9: // STATE 371
		;
		now.net[0].sender = trpt->bup.oval;
		;
		goto R999;

	case 10: // STATE 376
		;
		now.net[1].sender = trpt->bup.oval;
		;
		goto R999;

	case 11: // STATE 394
		;
		((P4 *)_this)->withNonce = trpt->bup.ovals[10];
		((P4 *)_this)->over = trpt->bup.ovals[9];
		((P4 *)_this)->seen = trpt->bup.ovals[8];
		((P4 *)_this)->doubt = trpt->bup.ovals[7];
		now.looked[ Index(((P4 *)_this)->me, 2) ] = trpt->bup.ovals[6];
		now.fresh[ Index(((P4 *)_this)->me, 2) ] = trpt->bup.ovals[5];
		now.knows[ Index(((P4 *)_this)->me, 2) ] = trpt->bup.ovals[4];
		now.sawLapse[ Index(((P4 *)_this)->me, 2) ] = trpt->bup.ovals[3];
		now.mayAct[ Index(((P4 *)_this)->me, 2) ] = trpt->bup.ovals[2];
		now.answer[ Index(((P4 *)_this)->me, 2) ] = trpt->bup.ovals[1];
		now.lock = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 11);
		goto R999;

	case 12: // STATE 394
		;
		((P4 *)_this)->withNonce = trpt->bup.ovals[9];
		((P4 *)_this)->over = trpt->bup.ovals[8];
		((P4 *)_this)->seen = trpt->bup.ovals[7];
		((P4 *)_this)->doubt = trpt->bup.ovals[6];
		now.looked[ Index(((P4 *)_this)->me, 2) ] = trpt->bup.ovals[5];
		now.fresh[ Index(((P4 *)_this)->me, 2) ] = trpt->bup.ovals[4];
		now.knows[ Index(((P4 *)_this)->me, 2) ] = trpt->bup.ovals[3];
		now.sawLapse[ Index(((P4 *)_this)->me, 2) ] = trpt->bup.ovals[2];
		now.mayAct[ Index(((P4 *)_this)->me, 2) ] = trpt->bup.ovals[1];
		now.answer[ Index(((P4 *)_this)->me, 2) ] = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 10);
		goto R999;
;
		;
		
	case 14: // STATE 3
		;
		now.lock = trpt->bup.oval;
		;
		goto R999;

	case 15: // STATE 4
		;
		now.knows[ Index(((P4 *)_this)->me, 2) ] = trpt->bup.oval;
		;
		goto R999;
;
		;
		
	case 17: // STATE 7
		;
		now.owner = trpt->bup.oval;
		;
		goto R999;

	case 18: // STATE 8
		;
		now.lapsed = trpt->bup.oval;
		;
		goto R999;

	case 19: // STATE 9
		;
		now.mayAct[ Index(((P4 *)_this)->me, 2) ] = trpt->bup.oval;
		;
		goto R999;

	case 20: // STATE 10
		;
		now.sawLapse[0] = trpt->bup.oval;
		;
		goto R999;

	case 21: // STATE 11
		;
		now.sawLapse[1] = trpt->bup.oval;
		;
		goto R999;

	case 22: // STATE 12
		;
		now.knows[0] = trpt->bup.oval;
		;
		goto R999;

	case 23: // STATE 13
		;
		now.knows[1] = trpt->bup.oval;
		;
		goto R999;
;
		;
		;
		;
		
	case 26: // STATE 21
		;
		now.sawLapse[ Index(((P4 *)_this)->me, 2) ] = trpt->bup.oval;
		;
		goto R999;

	case 27: // STATE 23
		;
		now.lock = trpt->bup.oval;
		;
		goto R999;
;
		;
		
	case 29: // STATE 25
		;
		now.owner = trpt->bup.oval;
		;
		goto R999;

	case 30: // STATE 26
		;
		now.lapsed = trpt->bup.oval;
		;
		goto R999;

	case 31: // STATE 27
		;
		now.mayAct[ Index(((P4 *)_this)->me, 2) ] = trpt->bup.oval;
		;
		goto R999;

	case 32: // STATE 28
		;
		now.sawLapse[0] = trpt->bup.oval;
		;
		goto R999;

	case 33: // STATE 29
		;
		now.sawLapse[1] = trpt->bup.oval;
		;
		goto R999;

	case 34: // STATE 30
		;
		now.knows[0] = trpt->bup.oval;
		;
		goto R999;

	case 35: // STATE 31
		;
		now.knows[1] = trpt->bup.oval;
		;
		goto R999;
;
		;
		;
		;
		
	case 38: // STATE 41
		;
		((P4 *)_this)->doubt = trpt->bup.oval;
		;
		goto R999;
;
		;
		;
		;
		
	case 41: // STATE 46
		;
		now.jFrom = trpt->bup.oval;
		;
		goto R999;
;
		;
		
	case 43: // STATE 48
		;
		now.jTo = trpt->bup.oval;
		;
		goto R999;
;
		;
		
	case 45: // STATE 50
		;
		now.jTo = trpt->bup.oval;
		;
		goto R999;
;
		;
		
	case 47: // STATE 52
		;
		now.jTo = trpt->bup.oval;
		;
		goto R999;

	case 48: // STATE 54
		;
		now.jTo = trpt->bup.oval;
		;
		goto R999;

	case 49: // STATE 57
		;
		now.journalled = trpt->bup.oval;
		;
		goto R999;

	case 50: // STATE 58
		;
		now.jAge = trpt->bup.oval;
		;
		goto R999;

	case 51: // STATE 59
		;
		((P4 *)_this)->doubt = trpt->bup.oval;
		;
		goto R999;

	case 52: // STATE 60
		;
		now.relaxed = trpt->bup.oval;
		;
		goto R999;

	case 53: // STATE 61
		;
		now.baseBefore = trpt->bup.oval;
		;
		goto R999;

	case 54: // STATE 62
		;
		now.shadeBefore = trpt->bup.oval;
		;
		goto R999;
;
		;
		
	case 56: // STATE 64
		;
		now.jAge = trpt->bup.oval;
		;
		goto R999;

	case 57: // STATE 65
		;
		now.jFrom = trpt->bup.oval;
		;
		goto R999;

	case 58: // STATE 66
		;
		now.jTo = trpt->bup.oval;
		;
		goto R999;
;
		;
		
	case 60: // STATE 78
		;
		((P4 *)_this)->over = trpt->bup.oval;
		;
		goto R999;

	case 61: // STATE 79
		;
		((P4 *)_this)->seen = trpt->bup.oval;
		;
		goto R999;

	case 62: // STATE 80
		;
		now.looked[ Index(((P4 *)_this)->me, 2) ] = trpt->bup.oval;
		;
		goto R999;
;
		;
		
	case 64: // STATE 83
		;
		now.relaxed = trpt->bup.oval;
		;
		goto R999;

	case 65: // STATE 84
		;
		now.baseBefore = trpt->bup.oval;
		;
		goto R999;

	case 66: // STATE 85
		;
		now.shadeBefore = trpt->bup.oval;
		;
		goto R999;
;
		;
		
	case 68: // STATE 87
		;
		now.jAge = trpt->bup.oval;
		;
		goto R999;

	case 69: // STATE 88
		;
		now.jFrom = trpt->bup.oval;
		;
		goto R999;

	case 70: // STATE 89
		;
		now.jTo = trpt->bup.oval;
		;
		goto R999;
;
		;
		
	case 72: // STATE 95
		;
		now.base = trpt->bup.oval;
		;
		goto R999;

	case 73: // STATE 96
		;
		now.restores = trpt->bup.oval;
		;
		goto R999;

	case 74: // STATE 100
		;
	/* 0 */	((P4 *)_this)->over = trpt->bup.oval;
		;
		;
		goto R999;

	case 75: // STATE 101
		;
		now.shade = trpt->bup.oval;
		;
		goto R999;

	case 76: // STATE 102
		;
		now.shadeAge = trpt->bup.oval;
		;
		goto R999;

	case 77: // STATE 106
		;
		((P4 *)_this)->over = trpt->bup.oval;
		;
		goto R999;

	case 78: // STATE 107
		;
		((P4 *)_this)->seen = trpt->bup.oval;
		;
		goto R999;
;
		;
		;
		;
		
	case 81: // STATE 116
		;
		now.shade = trpt->bup.oval;
		;
		goto R999;

	case 82: // STATE 117
		;
		now.shadeAge = trpt->bup.oval;
		;
		goto R999;

	case 83: // STATE 118
		;
		now.relaxed = trpt->bup.oval;
		;
		goto R999;

	case 84: // STATE 119
		;
		now.baseBefore = trpt->bup.oval;
		;
		goto R999;

	case 85: // STATE 120
		;
		now.shadeBefore = trpt->bup.oval;
		;
		goto R999;
;
		;
		
	case 87: // STATE 122
		;
		now.jAge = trpt->bup.oval;
		;
		goto R999;

	case 88: // STATE 123
		;
		now.jFrom = trpt->bup.oval;
		;
		goto R999;

	case 89: // STATE 124
		;
		now.jTo = trpt->bup.oval;
		;
		goto R999;
;
		;
		;
		;
		
	case 92: // STATE 137
		;
		now.closing = trpt->bup.oval;
		;
		goto R999;

	case 93: // STATE 138
		;
		settled = trpt->bup.oval;
		;
		goto R999;

	case 94: // STATE 139
		;
		now.reported = trpt->bup.oval;
		;
		goto R999;
;
		;
		;
		;
		;
		;
		;
		;
		
	case 99: // STATE 156
		;
		((P4 *)_this)->withNonce = trpt->bup.oval;
		;
		goto R999;
;
		;
		
	case 101: // STATE 158
		;
		now.net[0].there = trpt->bup.oval;
		;
		goto R999;

	case 102: // STATE 159
		;
		now.net[0].from = trpt->bup.oval;
		;
		goto R999;

	case 103: // STATE 160
		;
		now.net[0].to = trpt->bup.oval;
		;
		goto R999;

	case 104: // STATE 161
		;
		now.net[0].nonce = trpt->bup.oval;
		;
		goto R999;

	case 105: // STATE 162
		;
		now.net[0].age = trpt->bup.oval;
		;
		goto R999;

	case 106: // STATE 163
		;
		now.net[0].sender = trpt->bup.oval;
		;
		goto R999;
;
		;
		;
		;
		
	case 109: // STATE 168
		;
		now.net[1].there = trpt->bup.oval;
		;
		goto R999;

	case 110: // STATE 169
		;
		now.net[1].from = trpt->bup.oval;
		;
		goto R999;

	case 111: // STATE 170
		;
		now.net[1].to = trpt->bup.oval;
		;
		goto R999;

	case 112: // STATE 171
		;
		now.net[1].nonce = trpt->bup.oval;
		;
		goto R999;

	case 113: // STATE 172
		;
		now.net[1].age = trpt->bup.oval;
		;
		goto R999;

	case 114: // STATE 173
		;
		now.net[1].sender = trpt->bup.oval;
		;
		goto R999;
;
		;
		;
		;
		;
		;
		;
		;
		;
		;
		
	case 120: // STATE 193
		;
		now.answer[ Index(((P4 *)_this)->me, 2) ] = trpt->bup.oval;
		;
		goto R999;
;
		;
		
	case 122: // STATE 196
		;
		now.answer[ Index(((P4 *)_this)->me, 2) ] = trpt->bup.oval;
		;
		goto R999;

	case 123: // STATE 197
		;
		((P4 *)_this)->doubt = trpt->bup.oval;
		;
		goto R999;
;
		;
		
	case 125: // STATE 201
		;
		now.answer[ Index(((P4 *)_this)->me, 2) ] = trpt->bup.oval;
		;
		goto R999;
;
		;
		;
		;
		;
		;
		;
		;
		;
		;
		
	case 131: // STATE 218
		;
		now.baseBefore = trpt->bup.oval;
		;
		goto R999;

	case 132: // STATE 219
		;
		now.shadeBefore = trpt->bup.oval;
		;
		goto R999;

	case 133: // STATE 220
		;
		now.relaxed = trpt->bup.oval;
		;
		goto R999;

	case 134: // STATE 221
		;
		now.acked = trpt->bup.oval;
		;
		goto R999;

	case 135: // STATE 222
		;
		now.restores = trpt->bup.oval;
		;
		goto R999;

	case 136: // STATE 223
		;
		now.base = trpt->bup.oval;
		;
		goto R999;

	case 137: // STATE 224
		;
		now.journalled = trpt->bup.oval;
		;
		goto R999;
;
		;
		
	case 139: // STATE 226
		;
	/* 0 */	((P4 *)_this)->doubt = trpt->bup.oval;
		;
		;
		goto R999;

	case 140: // STATE 227
		;
		now.shade = trpt->bup.oval;
		;
		goto R999;

	case 141: // STATE 228
		;
		now.shadeAge = trpt->bup.oval;
		;
		goto R999;
;
		;
		
	case 143: // STATE 233
		;
		now.closing = trpt->bup.oval;
		;
		goto R999;
;
		;
		
	case 145: // STATE 235
		;
		settled = trpt->bup.oval;
		;
		goto R999;
;
		;
		
	case 147: // STATE 240
		;
		now.looked[ Index(((P4 *)_this)->me, 2) ] = trpt->bup.oval;
		;
		goto R999;

	case 148: // STATE 242
		;
		((P4 *)_this)->doubt = trpt->bup.oval;
		;
		goto R999;
;
		;
		;
		;
		;
		;
		;
		;
		
	case 153: // STATE 259
		;
		((P4 *)_this)->seen = trpt->bup.oval;
		;
		goto R999;

	case 154: // STATE 260
		;
		now.fresh[ Index(((P4 *)_this)->me, 2) ] = trpt->bup.oval;
		;
		goto R999;

	case 155: // STATE 261
		;
	/* 0 */	((P4 *)_this)->seen = trpt->bup.oval;
		;
		;
		goto R999;

	case 156: // STATE 262
		;
		((P4 *)_this)->seen = trpt->bup.oval;
		;
		goto R999;

	case 157: // STATE 264
		;
	/* 0 */	((P4 *)_this)->seen = trpt->bup.oval;
		;
		;
		goto R999;

	case 158: // STATE 265
		;
		((P4 *)_this)->seen = trpt->bup.oval;
		;
		goto R999;
;
		;
		;
		;
		;
		;
		;
		;
		
	case 163: // STATE 281
		;
		now.fresh[ Index(((P4 *)_this)->me, 2) ] = trpt->bup.oval;
		;
		goto R999;
;
		;
		;
		;
		;
		;
		;
		;
		
	case 168: // STATE 298
		;
		now.nonce = trpt->bup.oval;
		;
		goto R999;

	case 169: // STATE 299
		;
		now.journalled = trpt->bup.oval;
		;
		goto R999;

	case 170: // STATE 300
		;
		now.relaxed = trpt->bup.oval;
		;
		goto R999;

	case 171: // STATE 301
		;
		now.baseBefore = trpt->bup.oval;
		;
		goto R999;

	case 172: // STATE 302
		;
		now.shadeBefore = trpt->bup.oval;
		;
		goto R999;
;
		;
		
	case 174: // STATE 304
		;
		now.jAge = trpt->bup.oval;
		;
		goto R999;

	case 175: // STATE 305
		;
		now.jFrom = trpt->bup.oval;
		;
		goto R999;

	case 176: // STATE 306
		;
		now.jTo = trpt->bup.oval;
		;
		goto R999;
;
		;
		
	case 178: // STATE 318
		;
		now.lapsed = trpt->bup.oval;
		;
		goto R999;

	case 179: // STATE 319
		;
		now.mayAct[ Index(((P4 *)_this)->me, 2) ] = trpt->bup.oval;
		;
		goto R999;

	case 180: // STATE 320
		;
		now.sawLapse[0] = trpt->bup.oval;
		;
		goto R999;

	case 181: // STATE 321
		;
		now.sawLapse[1] = trpt->bup.oval;
		;
		goto R999;
;
		;
		;
		;
		;
		;
		
	case 185: // STATE 336
		;
		now.net[0].sender = trpt->bup.oval;
		;
		goto R999;
;
		;
		
	case 187: // STATE 341
		;
		now.net[1].sender = trpt->bup.oval;
		;
		goto R999;
;
		;
		
	case 189: // STATE 346
		;
		now.lock = trpt->bup.oval;
		;
		goto R999;

	case 190: // STATE 350
		;
		now.answer[ Index(((P4 *)_this)->me, 2) ] = trpt->bup.oval;
		;
		goto R999;

	case 191: // STATE 351
		;
		now.mayAct[ Index(((P4 *)_this)->me, 2) ] = trpt->bup.oval;
		;
		goto R999;

	case 192: // STATE 352
		;
		now.sawLapse[ Index(((P4 *)_this)->me, 2) ] = trpt->bup.oval;
		;
		goto R999;

	case 193: // STATE 353
		;
		now.knows[ Index(((P4 *)_this)->me, 2) ] = trpt->bup.oval;
		;
		goto R999;

	case 194: // STATE 354
		;
		now.fresh[ Index(((P4 *)_this)->me, 2) ] = trpt->bup.oval;
		;
		goto R999;

	case 195: // STATE 355
		;
		now.looked[ Index(((P4 *)_this)->me, 2) ] = trpt->bup.oval;
		;
		goto R999;

	case 196: // STATE 356
		;
		((P4 *)_this)->doubt = trpt->bup.oval;
		;
		goto R999;

	case 197: // STATE 357
		;
		((P4 *)_this)->seen = trpt->bup.oval;
		;
		goto R999;

	case 198: // STATE 358
		;
		((P4 *)_this)->over = trpt->bup.oval;
		;
		goto R999;

	case 199: // STATE 359
		;
		((P4 *)_this)->withNonce = trpt->bup.oval;
		;
		goto R999;
;
		;
		
	case 201: // STATE 362
		;
		now.lapsed = trpt->bup.oval;
		;
		goto R999;

		 /* PROC Device */
;
		;
		
	case 203: // STATE 5
		;
		now.mayAct[1] = trpt->bup.ovals[2];
		now.mayAct[0] = trpt->bup.ovals[1];
		now.lapsed = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 3);
		goto R999;
;
		;
		
	case 205: // STATE 9
		;
		now.killed[0] = trpt->bup.oval;
		;
		goto R999;

	case 206: // STATE 11
		;
		now.net[0].sender = trpt->bup.oval;
		;
		goto R999;

	case 207: // STATE 16
		;
		now.net[1].sender = trpt->bup.oval;
		;
		goto R999;
;
		
	case 208: // STATE 19
		goto R999;
;
		;
		
	case 210: // STATE 24
		;
		now.killed[1] = trpt->bup.oval;
		;
		goto R999;

	case 211: // STATE 26
		;
		now.net[0].sender = trpt->bup.oval;
		;
		goto R999;

	case 212: // STATE 31
		;
		now.net[1].sender = trpt->bup.oval;
		;
		goto R999;
;
		
	case 213: // STATE 34
		goto R999;
;
		;
		
	case 215: // STATE 39
		;
		now.killed[0] = trpt->bup.oval;
		;
		goto R999;

	case 216: // STATE 41
		;
		now.net[0].sender = trpt->bup.oval;
		;
		goto R999;

	case 217: // STATE 46
		;
		now.net[1].sender = trpt->bup.oval;
		;
		goto R999;

	case 218: // STATE 51
		;
		now.killed[1] = trpt->bup.oval;
		;
		goto R999;

	case 219: // STATE 53
		;
		now.net[0].sender = trpt->bup.oval;
		;
		goto R999;

	case 220: // STATE 58
		;
		now.net[1].sender = trpt->bup.oval;
		;
		goto R999;

	case 221: // STATE 69
		;
		now.restores = trpt->bup.ovals[5];
		now.closing = trpt->bup.ovals[4];
		now.shade = trpt->bup.ovals[3];
		now.base = trpt->bup.ovals[2];
		now.acked = trpt->bup.ovals[1];
		now.journalled = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 6);
		goto R999;

	case 222: // STATE 75
		;
		now.jAge = trpt->bup.ovals[1];
		now.journalled = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 2);
		goto R999;

	case 223: // STATE 81
		;
		now.shadeBefore = trpt->bup.ovals[2];
		now.baseBefore = trpt->bup.ovals[1];
		now.relaxed = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 3);
		goto R999;

	case 224: // STATE 90
		;
		now.journalRelaxed = trpt->bup.ovals[3];
		now.jTo = trpt->bup.ovals[2];
		now.jFrom = trpt->bup.ovals[1];
		now.jAge = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 4);
		goto R999;

	case 225: // STATE 90
		;
		now.journalRelaxed = trpt->bup.oval;
		;
		goto R999;

	case 226: // STATE 95
		;
		p_restor(II);
		;
		;
		goto R999;

		 /* PROC Time */
;
		;
			case 228: // STATE 96
		sv_restor();
		goto R999;

	case 229: // STATE 100
		;
		now.objectAge = trpt->bup.ovals[1];
		now.indexed = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 2);
		goto R999;

	case 230: // STATE 105
		;
		p_restor(II);
		;
		;
		goto R999;

		 /* PROC Copy */
;
		;
		;
		;
		
	case 233: // STATE 4
		;
		((P1 *)_this)->reply = trpt->bup.oval;
		;
		goto R999;

	case 234: // STATE 6
		;
		((P1 *)_this)->reply = trpt->bup.oval;
		;
		goto R999;

	case 235: // STATE 14
		;
		((P1 *)_this)->reply = trpt->bup.ovals[5];
		now.value = trpt->bup.ovals[4];
		now.effect = trpt->bup.ovals[3];
		now.body[ Index(now.net[ Index(((P1 *)_this)->i, 2) ].nonce, 2) ] = trpt->bup.ovals[2];
		now.remembered[ Index(now.net[ Index(((P1 *)_this)->i, 2) ].nonce, 2) ] = trpt->bup.ovals[1];
		now.objects = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 6);
		goto R999;

	case 236: // STATE 20
		;
		((P1 *)_this)->reply = trpt->bup.ovals[1];
		now.effect = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 2);
		goto R999;

	case 237: // STATE 23
		;
		((P1 *)_this)->reply = trpt->bup.oval;
		;
		goto R999;
;
		;
		
	case 239: // STATE 32
		;
		((P1 *)_this)->reply = trpt->bup.ovals[2];
		now.value = trpt->bup.ovals[1];
		now.effect = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 3);
		goto R999;

	case 240: // STATE 32
		;
		((P1 *)_this)->reply = trpt->bup.ovals[1];
		now.value = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 2);
		goto R999;

	case 241: // STATE 40
		;
		((P1 *)_this)->reply = trpt->bup.oval;
		;
		goto R999;

	case 242: // STATE 50
		;
		((P1 *)_this)->reply = trpt->bup.ovals[2];
		now.net[ Index(((P1 *)_this)->i, 2) ].sender = trpt->bup.ovals[1];
		now.answer[ Index(now.net[ Index(((P1 *)_this)->i, 2) ].sender, 2) ] = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 4);
		goto R999;

	case 243: // STATE 50
		;
		((P1 *)_this)->reply = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 2);
		goto R999;
	case 244: // STATE 57
		sv_restor();
		goto R999;
;
		
	case 245: // STATE 59
		goto R999;
;
		;
		
	case 247: // STATE 67
		;
		now.net[ Index(((P1 *)_this)->i, 2) ].sender = trpt->bup.ovals[1];
		now.answer[ Index(now.net[ Index(((P1 *)_this)->i, 2) ].sender, 2) ] = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 2);
		goto R999;
	case 248: // STATE 78
		sv_restor();
		goto R999;
;
		;
		
	case 250: // STATE 85
		;
		now.net[ Index(((P1 *)_this)->i, 2) ].sender = trpt->bup.ovals[1];
		now.answer[ Index(now.net[ Index(((P1 *)_this)->i, 2) ].sender, 2) ] = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 2);
		goto R999;
;
		
	case 251: // STATE 88
		goto R999;

	case 252: // STATE 94
		;
		p_restor(II);
		;
		;
		goto R999;

		 /* PROC Person */

	case 253: // STATE 2
		;
		now.called = trpt->bup.oval;
		;
		goto R999;

	case 254: // STATE 5
		;
		now.shadeBefore = trpt->bup.ovals[2];
		now.baseBefore = trpt->bup.ovals[1];
		now.relaxed = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 3);
		goto R999;

	case 255: // STATE 14
		;
		now.journalRelaxed = trpt->bup.ovals[3];
		now.jTo = trpt->bup.ovals[2];
		now.jFrom = trpt->bup.ovals[1];
		now.jAge = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 4);
		goto R999;

	case 256: // STATE 14
		;
		now.journalRelaxed = trpt->bup.oval;
		;
		goto R999;

	case 257: // STATE 17
		;
		stopped = trpt->bup.oval;
		;
		goto R999;

	case 258: // STATE 23
		;
		p_restor(II);
		;
		;
		goto R999;
	}

