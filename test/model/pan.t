#ifdef PEG
struct T_SRC {
	char *fl; int ln;
} T_SRC[NTRANS];

void
tr_2_src(int m, char *file, int ln)
{	T_SRC[m].fl = file;
	T_SRC[m].ln = ln;
}

void
putpeg(int n, int m)
{	printf("%5d	trans %4d ", m, n);
	printf("%s:%d\n",
		T_SRC[n].fl, T_SRC[n].ln);
}
#endif

void
settable(void)
{	Trans *T;
	Trans *settr(int, int, int, int, int, char *, int, int, int);

	trans = (Trans ***) emalloc(7*sizeof(Trans **));

	/* proctype 5: :init: */

	trans[5] = (Trans **) emalloc(7*sizeof(Trans *));

	T = trans[ 5][5] = settr(722,2,0,0,0,"ATOMIC", 0, 2, 0);
	T->nxt	= settr(722,2,1,0,0,"ATOMIC", 0, 2, 0);
	trans[5][1]	= settr(718,2,2,3,3,"(run Copy(0))", 0, 2, 0);
	trans[5][2]	= settr(719,2,3,4,4,"(run Copy(1))", 0, 2, 0);
	trans[5][3]	= settr(720,2,4,5,5,"(run Sender(0))", 0, 2, 0);
	trans[5][4]	= settr(721,0,6,6,6,"(run Sender(1))", 0, 2, 0);
	trans[5][6]	= settr(723,0,0,7,7,"-end-", 0, 3500, 0);

	/* proctype 4: Sender */

	trans[4] = (Trans **) emalloc(402*sizeof(Trans *));

	T = trans[ 4][399] = settr(715,0,0,0,0,"sub-sequence", 0, 2, 0);
	T->nxt	= settr(715,0,1,0,0,"sub-sequence", 0, 2, 0);
	trans[4][1]	= settr(317,0,38,1,0,"(1)", 0, 2, 0);
	trans[4][1]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	T = trans[ 4][396] = settr(712,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(712,2,368,0,0,"ATOMIC", 1, 2, 0);
	trans[4][368]	= settr(684,2,395,8,8,"(killed[me])", 1, 2, 0); /* m: 369 -> 395,0 */
	reached4[369] = 1;
	trans[4][369]	= settr(0,0,0,0,0,"killed[me] = 0",0,0,0);
	T = trans[ 4][395] = settr(711,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(711,0,373,0,0,"sub-sequence", 1, 2, 0);
	T = trans[4][373] = settr(689,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(689,2,370,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(689,2,372,0,0,"IF", 1, 2, 0);
	trans[4][370]	= settr(686,2,378,9,9,"((net[0].there&&(net[0].sender==me)))", 1, 2, 0); /* m: 371 -> 378,0 */
	reached4[371] = 1;
	trans[4][371]	= settr(0,0,0,0,0,"net[0].sender = 2",0,0,0);
	trans[4][374]	= settr(690,2,378,1,0,".(goto)", 1, 2, 0);
	trans[4][372]	= settr(688,2,378,2,0,"else", 1, 2, 0);
	T = trans[4][378] = settr(694,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(694,2,375,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(694,2,377,0,0,"IF", 1, 2, 0);
	trans[4][375]	= settr(691,2,383,10,10,"((net[1].there&&(net[1].sender==me)))", 1, 2, 0); /* m: 376 -> 383,0 */
	reached4[376] = 1;
	trans[4][376]	= settr(0,0,0,0,0,"net[1].sender = 2",0,0,0);
	trans[4][379]	= settr(695,2,383,1,0,".(goto)", 1, 2, 0);
	trans[4][377]	= settr(693,2,383,2,0,"else", 1, 2, 0);
	T = trans[4][383] = settr(699,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(699,2,380,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(699,2,382,0,0,"IF", 1, 2, 0);
	trans[4][380]	= settr(696,0,399,11,11,"((lock==me))", 1, 2, 0); /* m: 381 -> 399,0 */
	reached4[381] = 1;
	trans[4][381]	= settr(0,0,0,0,0,"lock = 2",0,0,0);
	trans[4][384]	= settr(700,2,385,1,0,".(goto)", 1, 2, 0); /* m: 385 -> 0,399 */
	reached4[385] = 1;
	trans[4][382]	= settr(698,2,385,2,0,"else", 1, 2, 0);
	trans[4][385]	= settr(701,0,399,12,12,"answer[me] = nothing", 1, 2, 0); /* m: 386 -> 0,399 */
	reached4[386] = 1;
	trans[4][386]	= settr(0,0,0,0,0,"mayAct[me] = 0",0,0,0);
	trans[4][387]	= settr(0,0,0,0,0,"sawLapse[me] = 0",0,0,0);
	trans[4][388]	= settr(0,0,0,0,0,"knows[me] = 0",0,0,0);
	trans[4][389]	= settr(0,0,0,0,0,"fresh[me] = 0",0,0,0);
	trans[4][390]	= settr(0,0,0,0,0,"looked[me] = 0",0,0,0);
	trans[4][391]	= settr(0,0,0,0,0,"doubt = 0",0,0,0);
	trans[4][392]	= settr(0,0,0,0,0,"seen = 0",0,0,0);
	trans[4][393]	= settr(0,0,0,0,0,"over = 0",0,0,0);
	trans[4][394]	= settr(0,0,0,0,0,"withNonce = 0",0,0,0);
	trans[4][398]	= settr(714,0,399,1,0,".(goto)", 0, 2, 0);
	/* end-escapes */
	T = trans[4][38] = settr(354,0,0,0,0,"IF", 0, 2, 0);
	T = T->nxt	= settr(354,0,5,0,0,"IF", 0, 2, 0);
	    T->nxt	= settr(354,0,22,0,0,"IF", 0, 2, 0);
	T = trans[ 4][5] = settr(321,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(321,2,2,0,0,"ATOMIC", 1, 2, 0);
	trans[4][2]	= settr(318,2,3,13,0,"((lock==2))", 1, 2, 0);
	trans[4][2]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][3]	= settr(319,2,4,14,14,"lock = me", 1, 2, 0);
	trans[4][3]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][4]	= settr(320,0,19,15,15,"knows[me] = 1", 1, 2, 0);
	trans[4][4]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	T = trans[ 4][19] = settr(335,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(335,2,17,0,0,"ATOMIC", 1, 2, 0);
	T = trans[4][17] = settr(333,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(333,2,6,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(333,2,15,0,0,"IF", 1, 2, 0);
	trans[4][6]	= settr(322,2,14,16,0,"(knows[me])", 1, 2, 0);
	trans[4][6]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	T = trans[ 4][14] = settr(330,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(330,0,7,0,0,"sub-sequence", 1, 2, 0);
	trans[4][7]	= settr(323,2,8,17,17,"owner = me", 1, 2, 0);
	trans[4][7]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][8]	= settr(324,2,9,18,18,"lapsed = 0", 1, 2, 0);
	trans[4][8]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][9]	= settr(325,2,10,19,19,"mayAct[me] = 1", 1, 2, 0);
	trans[4][9]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][10]	= settr(326,2,11,20,20,"sawLapse[0] = 0", 1, 2, 0);
	trans[4][10]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][11]	= settr(327,2,12,21,21,"sawLapse[1] = 0", 1, 2, 0);
	trans[4][11]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][12]	= settr(328,2,13,22,22,"knows[0] = 0", 1, 2, 0);
	trans[4][12]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][13]	= settr(329,2,18,23,23,"knows[1] = 0", 1, 2, 0);
	trans[4][13]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][18]	= settr(334,0,153,1,0,".(goto)", 1, 2, 0);
	trans[4][15]	= settr(331,2,16,24,0,"(!(knows[me]))", 1, 2, 0);
	trans[4][15]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][16]	= settr(332,0,367,1,0,"goto ended", 1, 2, 0);
	trans[4][16]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][39]	= settr(355,0,153,1,0,".(goto)", 0, 2, 0);
	T = trans[ 4][22] = settr(338,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(338,2,20,0,0,"ATOMIC", 1, 2, 0);
	trans[4][20]	= settr(336,2,21,25,0,"((((lock!=2)&&(lock!=me))&&lapsed))", 1, 2, 0);
	trans[4][20]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][21]	= settr(337,0,23,26,26,"sawLapse[me] = 1", 1, 2, 0);
	trans[4][21]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][23]	= settr(339,0,37,27,27,"lock = me", 1, 2, 0);
	trans[4][23]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	T = trans[ 4][37] = settr(353,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(353,2,35,0,0,"ATOMIC", 1, 2, 0);
	T = trans[4][35] = settr(351,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(351,2,24,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(351,2,33,0,0,"IF", 1, 2, 0);
	trans[4][24]	= settr(340,2,32,28,0,"(sawLapse[me])", 1, 2, 0);
	trans[4][24]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	T = trans[ 4][32] = settr(348,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(348,0,25,0,0,"sub-sequence", 1, 2, 0);
	trans[4][25]	= settr(341,2,26,29,29,"owner = me", 1, 2, 0);
	trans[4][25]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][26]	= settr(342,2,27,30,30,"lapsed = 0", 1, 2, 0);
	trans[4][26]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][27]	= settr(343,2,28,31,31,"mayAct[me] = 1", 1, 2, 0);
	trans[4][27]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][28]	= settr(344,2,29,32,32,"sawLapse[0] = 0", 1, 2, 0);
	trans[4][28]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][29]	= settr(345,2,30,33,33,"sawLapse[1] = 0", 1, 2, 0);
	trans[4][29]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][30]	= settr(346,2,31,34,34,"knows[0] = 0", 1, 2, 0);
	trans[4][30]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][31]	= settr(347,2,36,35,35,"knows[1] = 0", 1, 2, 0);
	trans[4][31]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][36]	= settr(352,0,153,1,0,".(goto)", 1, 2, 0);
	trans[4][33]	= settr(349,2,34,36,0,"(!(sawLapse[me]))", 1, 2, 0);
	trans[4][33]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][34]	= settr(350,0,367,1,0,"goto ended", 1, 2, 0);
	trans[4][34]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	T = trans[4][153] = settr(469,0,0,0,0,"IF", 0, 2, 0);
	T = T->nxt	= settr(469,0,43,0,0,"IF", 0, 2, 0);
	T = T->nxt	= settr(469,0,76,0,0,"IF", 0, 2, 0);
	T = T->nxt	= settr(469,0,81,0,0,"IF", 0, 2, 0);
	T = T->nxt	= settr(469,0,134,0,0,"IF", 0, 2, 0);
	T = T->nxt	= settr(469,0,146,0,0,"IF", 0, 2, 0);
	T = T->nxt	= settr(469,0,149,0,0,"IF", 0, 2, 0);
	    T->nxt	= settr(469,0,152,0,0,"IF", 0, 2, 0);
	T = trans[ 4][43] = settr(359,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(359,2,40,0,0,"ATOMIC", 1, 2, 0);
	trans[4][40]	= settr(356,2,41,37,0,"(journalled)", 1, 2, 0);
	trans[4][40]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][41]	= settr(357,2,42,38,38,"doubt = 1", 1, 2, 0);
	trans[4][41]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][42]	= settr(358,0,278,1,0,"goto resolving", 1, 2, 0);
	trans[4][42]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][154]	= settr(470,0,190,1,0,".(goto)", 0, 2, 0);
	T = trans[ 4][76] = settr(392,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(392,2,44,0,0,"ATOMIC", 1, 2, 0);
	trans[4][44]	= settr(360,2,74,39,0,"(((!(journalled)&&(restores||(acked<called)))&&!(((((!(restores)&&(acked==3))&&(called==4))&&((shade&&(acked==3))&&(base==2)))&&!(looked[me])))))", 1, 2, 0);
	trans[4][44]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	T = trans[4][74] = settr(390,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(390,2,45,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(390,2,72,0,0,"IF", 1, 2, 0);
	trans[4][45]	= settr(361,2,46,40,0,"((owner==me))", 1, 2, 0);
	trans[4][45]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][46]	= settr(362,2,55,41,41,"jFrom = acked", 1, 2, 0);
	trans[4][46]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	T = trans[4][55] = settr(371,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(371,2,47,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(371,2,49,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(371,2,51,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(371,2,53,0,0,"IF", 1, 2, 0);
	trans[4][47]	= settr(363,2,48,42,0,"(restores)", 1, 2, 0);
	trans[4][47]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][48]	= settr(364,2,57,43,43,"jTo = acked", 1, 2, 0);
	trans[4][48]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][56]	= settr(372,2,57,1,0,".(goto)", 1, 2, 0);
	trans[4][49]	= settr(365,2,50,44,0,"((!(restores)&&(acked==0)))", 1, 2, 0);
	trans[4][49]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][50]	= settr(366,2,57,45,45,"jTo = called", 1, 2, 0);
	trans[4][50]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][51]	= settr(367,2,52,46,0,"((!(restores)&&(acked==3)))", 1, 2, 0);
	trans[4][51]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][52]	= settr(368,2,57,47,47,"jTo = 4", 1, 2, 0);
	trans[4][52]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][53]	= settr(369,2,54,2,0,"else", 1, 2, 0);
	trans[4][53]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][54]	= settr(370,2,57,48,48,"jTo = ( ((called<3)) -> (called) : (3) )", 1, 2, 0);
	trans[4][54]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][57]	= settr(373,2,58,49,49,"journalled = 1", 1, 2, 0);
	trans[4][57]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][58]	= settr(374,2,59,50,50,"jAge = 0", 1, 2, 0);
	trans[4][58]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][59]	= settr(375,2,70,51,51,"doubt = 0", 1, 2, 0);
	trans[4][59]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	T = trans[ 4][70] = settr(386,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(386,0,60,0,0,"sub-sequence", 1, 2, 0);
	trans[4][60]	= settr(376,2,61,52,52,"relaxed = 0", 1, 2, 0);
	trans[4][60]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][61]	= settr(377,2,62,53,53,"baseBefore = 0", 1, 2, 0);
	trans[4][61]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][62]	= settr(378,2,68,54,54,"shadeBefore = 0", 1, 2, 0);
	trans[4][62]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	T = trans[4][68] = settr(384,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(384,2,63,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(384,2,67,0,0,"IF", 1, 2, 0);
	trans[4][63]	= settr(379,2,64,55,0,"(!(journalled))", 1, 2, 0);
	trans[4][63]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][64]	= settr(380,2,65,56,56,"jAge = 0", 1, 2, 0);
	trans[4][64]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][65]	= settr(381,2,66,57,57,"jFrom = 0", 1, 2, 0);
	trans[4][65]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][66]	= settr(382,2,69,58,58,"jTo = 0", 1, 2, 0);
	trans[4][66]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][69]	= settr(385,2,71,1,0,".(goto)", 1, 2, 0);
	trans[4][67]	= settr(383,2,69,2,0,"else", 1, 2, 0);
	trans[4][67]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][71]	= settr(387,0,190,1,0,"goto sending", 1, 2, 0);
	trans[4][71]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][75]	= settr(391,0,190,1,0,".(goto)", 1, 2, 0);
	trans[4][72]	= settr(388,2,73,2,0,"else", 1, 2, 0);
	trans[4][72]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][73]	= settr(389,0,367,1,0,"goto ended", 1, 2, 0);
	trans[4][73]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	T = trans[ 4][81] = settr(397,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(397,2,77,0,0,"ATOMIC", 1, 2, 0);
	trans[4][77]	= settr(393,2,78,59,0,"((((!(journalled)&&((shade&&(acked==3))&&(base==2)))&&mayAct[me])&&((((!(restores)&&(acked==3))&&(called==4))&&!(looked[me]))||(shadeAge>2))))", 1, 2, 0);
	trans[4][77]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][78]	= settr(394,2,79,60,60,"over = (shadeAge>2)", 1, 2, 0);
	trans[4][78]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][79]	= settr(395,2,80,61,61,"seen = value", 1, 2, 0);
	trans[4][79]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][80]	= settr(396,0,113,62,62,"looked[me] = 1", 1, 2, 0);
	trans[4][80]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	T = trans[ 4][113] = settr(429,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(429,2,111,0,0,"ATOMIC", 1, 2, 0);
	T = trans[4][111] = settr(427,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(427,2,82,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(427,2,109,0,0,"IF", 1, 2, 0);
	trans[4][82]	= settr(398,2,93,63,0,"((owner==me))", 1, 2, 0);
	trans[4][82]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	T = trans[ 4][93] = settr(409,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(409,0,83,0,0,"sub-sequence", 1, 2, 0);
	trans[4][83]	= settr(399,2,84,64,64,"relaxed = 0", 1, 2, 0);
	trans[4][83]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][84]	= settr(400,2,85,65,65,"baseBefore = 0", 1, 2, 0);
	trans[4][84]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][85]	= settr(401,2,91,66,66,"shadeBefore = 0", 1, 2, 0);
	trans[4][85]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	T = trans[4][91] = settr(407,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(407,2,86,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(407,2,90,0,0,"IF", 1, 2, 0);
	trans[4][86]	= settr(402,2,87,67,0,"(!(journalled))", 1, 2, 0);
	trans[4][86]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][87]	= settr(403,2,88,68,68,"jAge = 0", 1, 2, 0);
	trans[4][87]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][88]	= settr(404,2,89,69,69,"jFrom = 0", 1, 2, 0);
	trans[4][88]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][89]	= settr(405,2,98,70,70,"jTo = 0", 1, 2, 0);
	trans[4][89]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][92]	= settr(408,2,98,1,0,".(goto)", 1, 2, 0);
	trans[4][90]	= settr(406,2,98,2,0,"else", 1, 2, 0);
	trans[4][90]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	T = trans[4][98] = settr(414,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(414,2,94,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(414,2,97,0,0,"IF", 1, 2, 0);
	trans[4][94]	= settr(410,2,95,71,0,"((seen!=base))", 1, 2, 0);
	trans[4][94]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][95]	= settr(411,2,96,72,72,"base = seen", 1, 2, 0);
	trans[4][95]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][96]	= settr(412,2,104,73,73,"restores = 1", 1, 2, 0);
	trans[4][96]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][99]	= settr(415,2,104,1,0,".(goto)", 1, 2, 0);
	trans[4][97]	= settr(413,2,104,2,0,"else", 1, 2, 0);
	trans[4][97]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	T = trans[4][104] = settr(420,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(420,2,100,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(420,2,103,0,0,"IF", 1, 2, 0);
	trans[4][100]	= settr(416,2,101,74,74,"(over)", 1, 2, 0);
	trans[4][100]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][101]	= settr(417,2,102,75,75,"shade = 0", 1, 2, 0);
	trans[4][101]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][102]	= settr(418,2,106,76,76,"shadeAge = 0", 1, 2, 0);
	trans[4][102]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][105]	= settr(421,2,106,1,0,".(goto)", 1, 2, 0);
	trans[4][103]	= settr(419,2,106,2,0,"else", 1, 2, 0);
	trans[4][103]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][106]	= settr(422,2,107,77,77,"over = 0", 1, 2, 0);
	trans[4][106]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][107]	= settr(423,2,108,78,78,"seen = 0", 1, 2, 0);
	trans[4][107]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][108]	= settr(424,0,153,1,0,"goto leading", 1, 2, 0);
	trans[4][108]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][112]	= settr(428,0,190,1,0,".(goto)", 1, 2, 0);
	trans[4][109]	= settr(425,2,110,2,0,"else", 1, 2, 0);
	trans[4][109]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][110]	= settr(426,0,367,1,0,"goto ended", 1, 2, 0);
	trans[4][110]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	T = trans[ 4][134] = settr(450,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(450,2,114,0,0,"ATOMIC", 1, 2, 0);
	trans[4][114]	= settr(430,2,132,79,0,"(((shade&&(shadeAge>2))&&!(((shade&&(acked==3))&&(base==2)))))", 1, 2, 0);
	trans[4][114]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	T = trans[4][132] = settr(448,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(448,2,115,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(448,2,130,0,0,"IF", 1, 2, 0);
	trans[4][115]	= settr(431,2,116,80,0,"((owner==me))", 1, 2, 0);
	trans[4][115]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][116]	= settr(432,2,117,81,81,"shade = 0", 1, 2, 0);
	trans[4][116]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][117]	= settr(433,2,128,82,82,"shadeAge = 0", 1, 2, 0);
	trans[4][117]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	T = trans[ 4][128] = settr(444,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(444,0,118,0,0,"sub-sequence", 1, 2, 0);
	trans[4][118]	= settr(434,2,119,83,83,"relaxed = 0", 1, 2, 0);
	trans[4][118]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][119]	= settr(435,2,120,84,84,"baseBefore = 0", 1, 2, 0);
	trans[4][119]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][120]	= settr(436,2,126,85,85,"shadeBefore = 0", 1, 2, 0);
	trans[4][120]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	T = trans[4][126] = settr(442,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(442,2,121,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(442,2,125,0,0,"IF", 1, 2, 0);
	trans[4][121]	= settr(437,2,122,86,0,"(!(journalled))", 1, 2, 0);
	trans[4][121]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][122]	= settr(438,2,123,87,87,"jAge = 0", 1, 2, 0);
	trans[4][122]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][123]	= settr(439,2,124,88,88,"jFrom = 0", 1, 2, 0);
	trans[4][123]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][124]	= settr(440,2,127,89,89,"jTo = 0", 1, 2, 0);
	trans[4][124]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][127]	= settr(443,2,129,1,0,".(goto)", 1, 2, 0);
	trans[4][125]	= settr(441,2,127,2,0,"else", 1, 2, 0);
	trans[4][125]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][129]	= settr(445,0,153,1,0,"goto leading", 1, 2, 0);
	trans[4][129]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][133]	= settr(449,0,190,1,0,".(goto)", 1, 2, 0);
	trans[4][130]	= settr(446,2,131,2,0,"else", 1, 2, 0);
	trans[4][130]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][131]	= settr(447,0,367,1,0,"goto ended", 1, 2, 0);
	trans[4][131]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	T = trans[ 4][146] = settr(462,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(462,2,135,0,0,"ATOMIC", 1, 2, 0);
	trans[4][135]	= settr(451,2,144,90,0,"(((closing&&mayAct[me])&&(effect==4)))", 1, 2, 0);
	trans[4][135]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	T = trans[4][144] = settr(460,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(460,2,136,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(460,2,142,0,0,"IF", 1, 2, 0);
	trans[4][136]	= settr(452,2,137,91,0,"((owner==me))", 1, 2, 0);
	trans[4][136]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][137]	= settr(453,2,138,92,92,"closing = 0", 1, 2, 0);
	trans[4][137]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][138]	= settr(454,2,139,93,93,"settled = 1", 1, 2, 0);
	trans[4][138]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][139]	= settr(455,2,140,94,94,"reported = (value!=base)", 1, 2, 0);
	trans[4][139]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][140]	= settr(456,2,141,95,0,"assert(((value==2)||reported))", 1, 2, 0);
	trans[4][140]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][141]	= settr(457,0,153,1,0,"goto leading", 1, 2, 0);
	trans[4][141]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][145]	= settr(461,0,190,1,0,".(goto)", 1, 2, 0);
	trans[4][142]	= settr(458,2,143,2,0,"else", 1, 2, 0);
	trans[4][142]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][143]	= settr(459,0,367,1,0,"goto ended", 1, 2, 0);
	trans[4][143]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	T = trans[ 4][149] = settr(465,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(465,2,147,0,0,"ATOMIC", 1, 2, 0);
	trans[4][147]	= settr(463,2,148,96,0,"(!(mayAct[me]))", 1, 2, 0);
	trans[4][147]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][148]	= settr(464,0,334,1,0,"goto renewing", 1, 2, 0);
	trans[4][148]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	T = trans[ 4][152] = settr(468,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(468,2,150,0,0,"ATOMIC", 1, 2, 0);
	trans[4][150]	= settr(466,2,151,97,0,"((lock!=me))", 1, 2, 0);
	trans[4][150]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][151]	= settr(467,0,367,1,0,"goto ended", 1, 2, 0);
	trans[4][151]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	T = trans[4][190] = settr(506,0,0,0,0,"IF", 0, 2, 0);
	T = T->nxt	= settr(506,0,180,0,0,"IF", 0, 2, 0);
	T = T->nxt	= settr(506,0,183,0,0,"IF", 0, 2, 0);
	T = T->nxt	= settr(506,0,186,0,0,"IF", 0, 2, 0);
	    T->nxt	= settr(506,0,189,0,0,"IF", 0, 2, 0);
	T = trans[ 4][180] = settr(496,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(496,2,155,0,0,"ATOMIC", 1, 2, 0);
	trans[4][155]	= settr(471,2,156,98,0,"((mayAct[me]&&(((!(doubt)||((jFrom==3)&&(jTo==4)))||fresh[me])||((jFrom==0)&&(jAge<=2)))))", 1, 2, 0);
	trans[4][155]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][156]	= settr(472,2,179,99,99,"withNonce = nonce", 1, 2, 0);
	trans[4][156]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	T = trans[ 4][179] = settr(495,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(495,0,177,0,0,"sub-sequence", 1, 2, 0);
	T = trans[4][177] = settr(493,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(493,2,166,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(493,2,176,0,0,"IF", 1, 2, 0);
	T = trans[ 4][166] = settr(482,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(482,0,157,0,0,"sub-sequence", 1, 2, 0);
	trans[4][157]	= settr(473,2,165,100,0,"(!(net[0].there))", 1, 2, 0);
	trans[4][157]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	T = trans[ 4][165] = settr(481,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(481,0,158,0,0,"sub-sequence", 1, 2, 0);
	trans[4][158]	= settr(474,2,159,101,101,"net[0].there = 1", 1, 2, 0);
	trans[4][158]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][159]	= settr(475,2,160,102,102,"net[0].from = jFrom", 1, 2, 0);
	trans[4][159]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][160]	= settr(476,2,161,103,103,"net[0].to = jTo", 1, 2, 0);
	trans[4][160]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][161]	= settr(477,2,162,104,104,"net[0].nonce = withNonce", 1, 2, 0);
	trans[4][161]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][162]	= settr(478,2,163,105,105,"net[0].age = 0", 1, 2, 0);
	trans[4][162]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][163]	= settr(479,2,164,106,106,"net[0].sender = me", 1, 2, 0);
	trans[4][163]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][164]	= settr(480,2,178,107,0,"assert((owner==me))", 1, 2, 0);
	trans[4][164]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][178]	= settr(494,0,215,1,0,".(goto)", 1, 2, 0);
	T = trans[ 4][176] = settr(492,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(492,0,167,0,0,"sub-sequence", 1, 2, 0);
	trans[4][167]	= settr(483,2,175,108,0,"((net[0].there&&!(net[1].there)))", 1, 2, 0);
	trans[4][167]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	T = trans[ 4][175] = settr(491,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(491,0,168,0,0,"sub-sequence", 1, 2, 0);
	trans[4][168]	= settr(484,2,169,109,109,"net[1].there = 1", 1, 2, 0);
	trans[4][168]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][169]	= settr(485,2,170,110,110,"net[1].from = jFrom", 1, 2, 0);
	trans[4][169]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][170]	= settr(486,2,171,111,111,"net[1].to = jTo", 1, 2, 0);
	trans[4][170]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][171]	= settr(487,2,172,112,112,"net[1].nonce = withNonce", 1, 2, 0);
	trans[4][171]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][172]	= settr(488,2,173,113,113,"net[1].age = 0", 1, 2, 0);
	trans[4][172]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][173]	= settr(489,2,174,114,114,"net[1].sender = me", 1, 2, 0);
	trans[4][173]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][174]	= settr(490,2,178,115,0,"assert((owner==me))", 1, 2, 0);
	trans[4][174]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][191]	= settr(507,0,215,1,0,".(goto)", 0, 2, 0);
	T = trans[ 4][183] = settr(499,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(499,2,181,0,0,"ATOMIC", 1, 2, 0);
	trans[4][181]	= settr(497,2,182,116,0,"((mayAct[me]&&!((((!(doubt)||((jFrom==3)&&(jTo==4)))||fresh[me])||((jFrom==0)&&(jAge<=2))))))", 1, 2, 0);
	trans[4][181]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][182]	= settr(498,0,278,1,0,"goto resolving", 1, 2, 0);
	trans[4][182]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	T = trans[ 4][186] = settr(502,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(502,2,184,0,0,"ATOMIC", 1, 2, 0);
	trans[4][184]	= settr(500,2,185,117,0,"(!(mayAct[me]))", 1, 2, 0);
	trans[4][184]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][185]	= settr(501,0,334,1,0,"goto renewing", 1, 2, 0);
	trans[4][185]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	T = trans[ 4][189] = settr(505,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(505,2,187,0,0,"ATOMIC", 1, 2, 0);
	trans[4][187]	= settr(503,2,188,118,0,"((lock!=me))", 1, 2, 0);
	trans[4][187]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][188]	= settr(504,0,367,1,0,"goto ended", 1, 2, 0);
	trans[4][188]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	T = trans[4][215] = settr(531,0,0,0,0,"IF", 0, 2, 0);
	T = T->nxt	= settr(531,0,194,0,0,"IF", 0, 2, 0);
	T = T->nxt	= settr(531,0,199,0,0,"IF", 0, 2, 0);
	T = T->nxt	= settr(531,0,208,0,0,"IF", 0, 2, 0);
	T = T->nxt	= settr(531,0,211,0,0,"IF", 0, 2, 0);
	    T->nxt	= settr(531,0,214,0,0,"IF", 0, 2, 0);
	T = trans[ 4][194] = settr(510,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(510,2,192,0,0,"ATOMIC", 1, 2, 0);
	trans[4][192]	= settr(508,2,193,119,0,"((answer[me]==done))", 1, 2, 0);
	trans[4][192]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][193]	= settr(509,0,248,120,120,"answer[me] = nothing", 1, 2, 0);
	trans[4][193]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][216]	= settr(532,0,248,1,0,".(goto)", 0, 2, 0);
	T = trans[ 4][199] = settr(515,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(515,2,195,0,0,"ATOMIC", 1, 2, 0);
	trans[4][195]	= settr(511,2,196,121,0,"((answer[me]==cut))", 1, 2, 0);
	trans[4][195]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][196]	= settr(512,2,197,122,122,"answer[me] = nothing", 1, 2, 0);
	trans[4][196]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][197]	= settr(513,2,198,123,123,"doubt = 1", 1, 2, 0);
	trans[4][197]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][198]	= settr(514,0,278,1,0,"goto resolving", 1, 2, 0);
	trans[4][198]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	T = trans[ 4][208] = settr(524,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(524,2,200,0,0,"ATOMIC", 1, 2, 0);
	trans[4][200]	= settr(516,2,201,124,0,"((answer[me]==invalid))", 1, 2, 0);
	trans[4][200]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][201]	= settr(517,2,206,125,125,"answer[me] = nothing", 1, 2, 0);
	trans[4][201]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	T = trans[4][206] = settr(522,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(522,2,202,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(522,2,204,0,0,"IF", 1, 2, 0);
	trans[4][202]	= settr(518,2,203,126,0,"(doubt)", 1, 2, 0);
	trans[4][202]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][203]	= settr(519,0,295,1,0,"goto lookingUp", 1, 2, 0);
	trans[4][203]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][207]	= settr(523,0,248,1,0,".(goto)", 1, 2, 0);
	trans[4][204]	= settr(520,2,205,2,0,"else", 1, 2, 0);
	trans[4][204]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][205]	= settr(521,0,316,1,0,"goto renewed", 1, 2, 0);
	trans[4][205]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	T = trans[ 4][211] = settr(527,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(527,2,209,0,0,"ATOMIC", 1, 2, 0);
	trans[4][209]	= settr(525,2,210,127,0,"((answer[me]==refused))", 1, 2, 0);
	trans[4][209]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][210]	= settr(526,0,248,128,0,"assert(0)", 1, 2, 0);
	trans[4][210]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	T = trans[ 4][214] = settr(530,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(530,2,212,0,0,"ATOMIC", 1, 2, 0);
	trans[4][212]	= settr(528,2,213,129,0,"((lock!=me))", 1, 2, 0);
	trans[4][212]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][213]	= settr(529,0,367,1,0,"goto ended", 1, 2, 0);
	trans[4][213]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	T = trans[ 4][248] = settr(564,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(564,2,246,0,0,"ATOMIC", 1, 2, 0);
	T = trans[4][246] = settr(562,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(562,2,217,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(562,2,244,0,0,"IF", 1, 2, 0);
	trans[4][217]	= settr(533,2,241,130,0,"((owner==me))", 1, 2, 0);
	trans[4][217]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	T = trans[ 4][241] = settr(557,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(557,0,218,0,0,"sub-sequence", 1, 2, 0);
	trans[4][218]	= settr(534,2,219,131,131,"baseBefore = base", 1, 2, 0);
	trans[4][218]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][219]	= settr(535,2,220,132,132,"shadeBefore = shade", 1, 2, 0);
	trans[4][219]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][220]	= settr(536,2,221,133,133,"relaxed = 1", 1, 2, 0);
	trans[4][220]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][221]	= settr(537,2,222,134,134,"acked = jTo", 1, 2, 0);
	trans[4][221]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][222]	= settr(538,2,223,135,135,"restores = 0", 1, 2, 0);
	trans[4][222]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][223]	= settr(539,2,224,136,136,"base = ( ((jTo<=1)) -> (0) : (( ((jTo<3)) -> (1) : (2) )) )", 1, 2, 0);
	trans[4][223]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][224]	= settr(540,2,225,137,137,"journalled = 0", 1, 2, 0);
	trans[4][224]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][225]	= settr(541,2,230,138,0,"assert(((objects==1)&&(effect>=acked)))", 1, 2, 0);
	trans[4][225]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	T = trans[4][230] = settr(546,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(546,2,226,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(546,2,229,0,0,"IF", 1, 2, 0);
	trans[4][226]	= settr(542,2,227,139,139,"((((doubt&&!((jFrom==0)))&&(( ((jTo<=1)) -> (0) : (( ((jTo<3)) -> (1) : (2) )) )==1))&&!(((jFrom==3)&&(jTo==4)))))", 1, 2, 0);
	trans[4][226]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][227]	= settr(543,2,228,140,140,"shade = 1", 1, 2, 0);
	trans[4][227]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][228]	= settr(544,2,238,141,141,"shadeAge = 0", 1, 2, 0);
	trans[4][228]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][231]	= settr(547,2,238,1,0,".(goto)", 1, 2, 0);
	trans[4][229]	= settr(545,2,238,2,0,"else", 1, 2, 0);
	trans[4][229]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	T = trans[4][238] = settr(554,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(554,2,232,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(554,2,234,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(554,2,237,0,0,"IF", 1, 2, 0);
	trans[4][232]	= settr(548,2,233,142,0,"(((jFrom==3)&&(jTo==4)))", 1, 2, 0);
	trans[4][232]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][233]	= settr(549,2,240,143,143,"closing = 1", 1, 2, 0);
	trans[4][233]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][239]	= settr(555,2,240,1,0,".(goto)", 1, 2, 0);
	trans[4][234]	= settr(550,2,235,144,0,"(((acked==4)&&(jFrom==0)))", 1, 2, 0);
	trans[4][234]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][235]	= settr(551,2,236,145,145,"settled = 1", 1, 2, 0);
	trans[4][235]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][236]	= settr(552,2,240,146,0,"assert((value==2))", 1, 2, 0);
	trans[4][236]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][237]	= settr(553,2,240,2,0,"else", 1, 2, 0);
	trans[4][237]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][240]	= settr(556,2,242,147,147,"looked[me] = 0", 1, 2, 0);
	trans[4][240]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][242]	= settr(558,2,243,148,148,"doubt = 0", 1, 2, 0);
	trans[4][242]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][243]	= settr(559,0,153,1,0,"goto leading", 1, 2, 0);
	trans[4][243]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][247]	= settr(563,0,278,1,0,".(goto)", 1, 2, 0);
	trans[4][244]	= settr(560,2,245,2,0,"else", 1, 2, 0);
	trans[4][244]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][245]	= settr(561,0,367,1,0,"goto ended", 1, 2, 0);
	trans[4][245]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	T = trans[4][278] = settr(594,0,0,0,0,"IF", 0, 2, 0);
	T = T->nxt	= settr(594,0,251,0,0,"IF", 0, 2, 0);
	T = T->nxt	= settr(594,0,254,0,0,"IF", 0, 2, 0);
	T = T->nxt	= settr(594,0,257,0,0,"IF", 0, 2, 0);
	T = T->nxt	= settr(594,0,271,0,0,"IF", 0, 2, 0);
	T = T->nxt	= settr(594,0,274,0,0,"IF", 0, 2, 0);
	    T->nxt	= settr(594,0,277,0,0,"IF", 0, 2, 0);
	T = trans[ 4][251] = settr(567,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(567,2,249,0,0,"ATOMIC", 1, 2, 0);
	trans[4][249]	= settr(565,2,250,149,0,"(((jFrom==0)&&(jAge<=2)))", 1, 2, 0);
	trans[4][249]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][250]	= settr(566,0,190,1,0,"goto sending", 1, 2, 0);
	trans[4][250]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][279]	= settr(595,0,295,1,0,".(goto)", 0, 2, 0);
	T = trans[ 4][254] = settr(570,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(570,2,252,0,0,"ATOMIC", 1, 2, 0);
	trans[4][252]	= settr(568,2,253,150,0,"((jFrom==0))", 1, 2, 0);
	trans[4][252]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][253]	= settr(569,0,295,1,0,"goto lookingUp", 1, 2, 0);
	trans[4][253]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	T = trans[ 4][257] = settr(573,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(573,2,255,0,0,"ATOMIC", 1, 2, 0);
	trans[4][255]	= settr(571,2,256,151,0,"(((jFrom==3)&&(jTo==4)))", 1, 2, 0);
	trans[4][255]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][256]	= settr(572,0,190,1,0,"goto sending", 1, 2, 0);
	trans[4][256]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	T = trans[ 4][271] = settr(587,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(587,2,258,0,0,"ATOMIC", 1, 2, 0);
	trans[4][258]	= settr(574,2,259,152,0,"(((!((jFrom==0))&&!(((jFrom==3)&&(jTo==4))))&&mayAct[me]))", 1, 2, 0);
	trans[4][258]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][259]	= settr(575,2,260,153,153,"seen = value", 1, 2, 0);
	trans[4][259]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][260]	= settr(576,2,269,154,154,"fresh[me] = 1", 1, 2, 0);
	trans[4][260]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	T = trans[4][269] = settr(585,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(585,2,261,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(585,2,264,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(585,2,267,0,0,"IF", 1, 2, 0);
	trans[4][261]	= settr(577,2,262,155,155,"((seen==( ((jTo<=1)) -> (0) : (( ((jTo<3)) -> (1) : (2) )) )))", 1, 2, 0);
	trans[4][261]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][262]	= settr(578,2,263,156,156,"seen = 0", 1, 2, 0);
	trans[4][262]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][263]	= settr(579,0,248,1,0,"goto acknowledging", 1, 2, 0);
	trans[4][263]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][270]	= settr(586,0,295,1,0,".(goto)", 1, 2, 0);
	trans[4][264]	= settr(580,2,265,157,157,"(((seen!=( ((jTo<=1)) -> (0) : (( ((jTo<3)) -> (1) : (2) )) ))&&(seen==base)))", 1, 2, 0);
	trans[4][264]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][265]	= settr(581,2,266,158,158,"seen = 0", 1, 2, 0);
	trans[4][265]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][266]	= settr(582,0,190,1,0,"goto sending", 1, 2, 0);
	trans[4][266]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][267]	= settr(583,2,268,2,0,"else", 1, 2, 0);
	trans[4][267]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][268]	= settr(584,2,270,159,0,"assert(0)", 1, 2, 0);
	trans[4][268]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	T = trans[ 4][274] = settr(590,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(590,2,272,0,0,"ATOMIC", 1, 2, 0);
	trans[4][272]	= settr(588,2,273,160,0,"(!(mayAct[me]))", 1, 2, 0);
	trans[4][272]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][273]	= settr(589,0,334,1,0,"goto renewing", 1, 2, 0);
	trans[4][273]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	T = trans[ 4][277] = settr(593,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(593,2,275,0,0,"ATOMIC", 1, 2, 0);
	trans[4][275]	= settr(591,2,276,161,0,"((lock!=me))", 1, 2, 0);
	trans[4][275]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][276]	= settr(592,0,367,1,0,"goto ended", 1, 2, 0);
	trans[4][276]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	T = trans[4][295] = settr(611,0,0,0,0,"IF", 0, 2, 0);
	T = T->nxt	= settr(611,0,288,0,0,"IF", 0, 2, 0);
	T = T->nxt	= settr(611,0,291,0,0,"IF", 0, 2, 0);
	    T->nxt	= settr(611,0,294,0,0,"IF", 0, 2, 0);
	T = trans[ 4][288] = settr(604,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(604,2,280,0,0,"ATOMIC", 1, 2, 0);
	trans[4][280]	= settr(596,2,281,162,0,"(mayAct[me])", 1, 2, 0);
	trans[4][280]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][281]	= settr(597,2,286,163,163,"fresh[me] = 1", 1, 2, 0);
	trans[4][281]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	T = trans[4][286] = settr(602,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(602,2,282,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(602,2,284,0,0,"IF", 1, 2, 0);
	trans[4][282]	= settr(598,2,283,164,0,"(indexed)", 1, 2, 0);
	trans[4][282]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][283]	= settr(599,0,248,1,0,"goto acknowledging", 1, 2, 0);
	trans[4][283]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][287]	= settr(603,0,316,1,0,".(goto)", 1, 2, 0);
	trans[4][284]	= settr(600,2,285,2,0,"else", 1, 2, 0);
	trans[4][284]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][285]	= settr(601,0,190,1,0,"goto sending", 1, 2, 0);
	trans[4][285]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][296]	= settr(612,0,316,1,0,".(goto)", 0, 2, 0);
	T = trans[ 4][291] = settr(607,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(607,2,289,0,0,"ATOMIC", 1, 2, 0);
	trans[4][289]	= settr(605,2,290,165,0,"(!(mayAct[me]))", 1, 2, 0);
	trans[4][289]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][290]	= settr(606,0,334,1,0,"goto renewing", 1, 2, 0);
	trans[4][290]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	T = trans[ 4][294] = settr(610,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(610,2,292,0,0,"ATOMIC", 1, 2, 0);
	trans[4][292]	= settr(608,2,293,166,0,"((lock!=me))", 1, 2, 0);
	trans[4][292]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][293]	= settr(609,0,367,1,0,"goto ended", 1, 2, 0);
	trans[4][293]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	T = trans[ 4][316] = settr(632,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(632,2,314,0,0,"ATOMIC", 1, 2, 0);
	T = trans[4][314] = settr(630,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(630,2,297,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(630,2,312,0,0,"IF", 1, 2, 0);
	trans[4][297]	= settr(613,2,298,167,0,"((owner==me))", 1, 2, 0);
	trans[4][297]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][298]	= settr(614,2,299,168,168,"nonce = (1-nonce)", 1, 2, 0);
	trans[4][298]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][299]	= settr(615,2,310,169,169,"journalled = 0", 1, 2, 0);
	trans[4][299]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	T = trans[ 4][310] = settr(626,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(626,0,300,0,0,"sub-sequence", 1, 2, 0);
	trans[4][300]	= settr(616,2,301,170,170,"relaxed = 0", 1, 2, 0);
	trans[4][300]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][301]	= settr(617,2,302,171,171,"baseBefore = 0", 1, 2, 0);
	trans[4][301]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][302]	= settr(618,2,308,172,172,"shadeBefore = 0", 1, 2, 0);
	trans[4][302]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	T = trans[4][308] = settr(624,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(624,2,303,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(624,2,307,0,0,"IF", 1, 2, 0);
	trans[4][303]	= settr(619,2,304,173,0,"(!(journalled))", 1, 2, 0);
	trans[4][303]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][304]	= settr(620,2,305,174,174,"jAge = 0", 1, 2, 0);
	trans[4][304]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][305]	= settr(621,2,306,175,175,"jFrom = 0", 1, 2, 0);
	trans[4][305]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][306]	= settr(622,2,309,176,176,"jTo = 0", 1, 2, 0);
	trans[4][306]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][309]	= settr(625,2,311,1,0,".(goto)", 1, 2, 0);
	trans[4][307]	= settr(623,2,309,2,0,"else", 1, 2, 0);
	trans[4][307]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][311]	= settr(627,0,153,1,0,"goto leading", 1, 2, 0);
	trans[4][311]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][315]	= settr(631,0,334,1,0,".(goto)", 1, 2, 0);
	trans[4][312]	= settr(628,2,313,2,0,"else", 1, 2, 0);
	trans[4][312]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][313]	= settr(629,0,367,1,0,"goto ended", 1, 2, 0);
	trans[4][313]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	T = trans[ 4][334] = settr(650,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(650,2,332,0,0,"ATOMIC", 1, 2, 0);
	T = trans[4][332] = settr(648,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(648,2,317,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(648,2,330,0,0,"IF", 1, 2, 0);
	trans[4][317]	= settr(633,2,318,177,0,"((owner==me))", 1, 2, 0);
	trans[4][317]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][318]	= settr(634,2,319,178,178,"lapsed = 0", 1, 2, 0);
	trans[4][318]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][319]	= settr(635,2,320,179,179,"mayAct[me] = 1", 1, 2, 0);
	trans[4][319]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][320]	= settr(636,2,321,180,180,"sawLapse[0] = 0", 1, 2, 0);
	trans[4][320]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][321]	= settr(637,2,328,181,181,"sawLapse[1] = 0", 1, 2, 0);
	trans[4][321]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	T = trans[4][328] = settr(644,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(644,2,322,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(644,2,324,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(644,2,326,0,0,"IF", 1, 2, 0);
	trans[4][322]	= settr(638,2,323,182,0,"((journalled&&doubt))", 1, 2, 0);
	trans[4][322]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][323]	= settr(639,0,278,1,0,"goto resolving", 1, 2, 0);
	trans[4][323]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][329]	= settr(645,2,333,1,0,".(goto)", 1, 2, 0);
	trans[4][324]	= settr(640,2,325,183,0,"((journalled&&!(doubt)))", 1, 2, 0);
	trans[4][324]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][325]	= settr(641,0,190,1,0,"goto sending", 1, 2, 0);
	trans[4][325]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][326]	= settr(642,2,327,2,0,"else", 1, 2, 0);
	trans[4][326]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][327]	= settr(643,0,153,1,0,"goto leading", 1, 2, 0);
	trans[4][327]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][333]	= settr(649,0,367,1,0,".(goto)", 1, 2, 0);
	trans[4][330]	= settr(646,2,331,2,0,"else", 1, 2, 0);
	trans[4][330]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][331]	= settr(647,0,367,1,0,"goto ended", 1, 2, 0);
	trans[4][331]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	T = trans[ 4][367] = settr(683,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(683,2,360,0,0,"ATOMIC", 1, 2, 0);
	T = trans[ 4][360] = settr(676,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(676,0,338,0,0,"sub-sequence", 1, 2, 0);
	T = trans[4][338] = settr(654,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(654,2,335,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(654,2,337,0,0,"IF", 1, 2, 0);
	trans[4][335]	= settr(651,2,336,184,0,"((net[0].there&&(net[0].sender==me)))", 1, 2, 0);
	trans[4][335]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][336]	= settr(652,2,343,185,185,"net[0].sender = 2", 1, 2, 0);
	trans[4][336]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][339]	= settr(655,2,343,1,0,".(goto)", 1, 2, 0);
	trans[4][337]	= settr(653,2,343,2,0,"else", 1, 2, 0);
	trans[4][337]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	T = trans[4][343] = settr(659,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(659,2,340,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(659,2,342,0,0,"IF", 1, 2, 0);
	trans[4][340]	= settr(656,2,341,186,0,"((net[1].there&&(net[1].sender==me)))", 1, 2, 0);
	trans[4][340]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][341]	= settr(657,2,348,187,187,"net[1].sender = 2", 1, 2, 0);
	trans[4][341]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][344]	= settr(660,2,348,1,0,".(goto)", 1, 2, 0);
	trans[4][342]	= settr(658,2,348,2,0,"else", 1, 2, 0);
	trans[4][342]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	T = trans[4][348] = settr(664,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(664,2,345,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(664,2,347,0,0,"IF", 1, 2, 0);
	trans[4][345]	= settr(661,2,346,188,0,"((lock==me))", 1, 2, 0);
	trans[4][345]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][346]	= settr(662,2,350,189,189,"lock = 2", 1, 2, 0);
	trans[4][346]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][349]	= settr(665,2,350,1,0,".(goto)", 1, 2, 0);
	trans[4][347]	= settr(663,2,350,2,0,"else", 1, 2, 0);
	trans[4][347]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][350]	= settr(666,2,351,190,190,"answer[me] = nothing", 1, 2, 0);
	trans[4][350]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][351]	= settr(667,2,352,191,191,"mayAct[me] = 0", 1, 2, 0);
	trans[4][351]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][352]	= settr(668,2,353,192,192,"sawLapse[me] = 0", 1, 2, 0);
	trans[4][352]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][353]	= settr(669,2,354,193,193,"knows[me] = 0", 1, 2, 0);
	trans[4][353]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][354]	= settr(670,2,355,194,194,"fresh[me] = 0", 1, 2, 0);
	trans[4][354]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][355]	= settr(671,2,356,195,195,"looked[me] = 0", 1, 2, 0);
	trans[4][355]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][356]	= settr(672,2,357,196,196,"doubt = 0", 1, 2, 0);
	trans[4][356]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][357]	= settr(673,2,358,197,197,"seen = 0", 1, 2, 0);
	trans[4][357]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][358]	= settr(674,2,359,198,198,"over = 0", 1, 2, 0);
	trans[4][358]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][359]	= settr(675,2,364,199,199,"withNonce = 0", 1, 2, 0);
	trans[4][359]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	T = trans[4][364] = settr(680,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(680,2,361,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(680,2,363,0,0,"IF", 1, 2, 0);
	trans[4][361]	= settr(677,2,362,200,0,"((owner==me))", 1, 2, 0);
	trans[4][361]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][362]	= settr(678,2,365,201,201,"lapsed = 1", 1, 2, 0);
	trans[4][362]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][365]	= settr(681,2,366,1,0,".(goto)", 1, 2, 0);
	trans[4][363]	= settr(679,2,365,2,0,"else", 1, 2, 0);
	trans[4][363]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][366]	= settr(682,0,38,1,0,"goto waiting", 1, 2, 0);
	trans[4][366]->escp[0] = 396;
	reached4[396] = 1;
	/* escape #0: 396 */
	/* end-escapes */
	trans[4][400]	= settr(716,0,399,1,0,"goto again", 0, 2, 0);
	trans[4][401]	= settr(0,0,0,0,0,"-end-",0,0,0);

	/* proctype 3: Device */

	trans[3] = (Trans **) emalloc(96*sizeof(Trans *));

	trans[3][93]	= settr(314,0,92,1,0,".(goto)", 0, 2, 0);
	T = trans[3][92] = settr(313,0,0,0,0,"DO", 0, 2, 0);
	T = T->nxt	= settr(313,0,6,0,0,"DO", 0, 2, 0);
	T = T->nxt	= settr(313,0,21,0,0,"DO", 0, 2, 0);
	T = T->nxt	= settr(313,0,36,0,0,"DO", 0, 2, 0);
	    T->nxt	= settr(313,0,91,0,0,"DO", 0, 2, 0);
	T = trans[ 3][6] = settr(227,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(227,2,1,0,0,"ATOMIC", 1, 2, 0);
	trans[3][1]	= settr(222,2,2,202,0,"(((!(lapsed)&&!(killed[0]))&&!(killed[1])))", 1, 2, 0);
	trans[3][2]	= settr(223,0,92,203,203,"(1)", 1, 2, 0); /* m: 3 -> 92,0 */
	reached3[3] = 1;
	trans[3][3]	= settr(0,0,0,0,0,"lapsed = 1",0,0,0);
	trans[3][4]	= settr(0,0,0,0,0,"mayAct[0] = 0",0,0,0);
	trans[3][5]	= settr(0,0,0,0,0,"mayAct[1] = 0",0,0,0);
	T = trans[ 3][21] = settr(242,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(242,2,7,0,0,"ATOMIC", 1, 2, 0);
	trans[3][7]	= settr(228,2,8,204,0,"(!(killed[0]))", 1, 2, 0);
	trans[3][8]	= settr(229,2,20,1,0,"(1)", 1, 2, 0);
	T = trans[ 3][20] = settr(241,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(241,0,9,0,0,"sub-sequence", 1, 2, 0);
	trans[3][9]	= settr(230,2,13,205,205,"killed[0] = 1", 1, 2, 0);
	T = trans[3][13] = settr(234,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(234,2,10,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(234,2,12,0,0,"IF", 1, 2, 0);
	trans[3][10]	= settr(231,2,18,206,206,"((net[0].there&&(net[0].sender==0)))", 1, 2, 0); /* m: 11 -> 18,0 */
	reached3[11] = 1;
	trans[3][11]	= settr(0,0,0,0,0,"net[0].sender = 2",0,0,0);
	trans[3][14]	= settr(235,2,18,1,0,".(goto)", 1, 2, 0);
	trans[3][12]	= settr(233,2,18,2,0,"else", 1, 2, 0);
	T = trans[3][18] = settr(239,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(239,2,15,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(239,2,17,0,0,"IF", 1, 2, 0);
	trans[3][15]	= settr(236,0,92,207,207,"((net[1].there&&(net[1].sender==0)))", 1, 2, 0); /* m: 16 -> 92,0 */
	reached3[16] = 1;
	trans[3][16]	= settr(0,0,0,0,0,"net[1].sender = 2",0,0,0);
	trans[3][19]	= settr(240,0,92,208,208,".(goto)", 1, 2, 0);
	trans[3][17]	= settr(238,2,19,2,0,"else", 1, 2, 0);
	T = trans[ 3][36] = settr(257,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(257,2,22,0,0,"ATOMIC", 1, 2, 0);
	trans[3][22]	= settr(243,2,23,209,0,"(!(killed[1]))", 1, 2, 0);
	trans[3][23]	= settr(244,2,35,1,0,"(1)", 1, 2, 0);
	T = trans[ 3][35] = settr(256,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(256,0,24,0,0,"sub-sequence", 1, 2, 0);
	trans[3][24]	= settr(245,2,28,210,210,"killed[1] = 1", 1, 2, 0);
	T = trans[3][28] = settr(249,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(249,2,25,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(249,2,27,0,0,"IF", 1, 2, 0);
	trans[3][25]	= settr(246,2,33,211,211,"((net[0].there&&(net[0].sender==1)))", 1, 2, 0); /* m: 26 -> 33,0 */
	reached3[26] = 1;
	trans[3][26]	= settr(0,0,0,0,0,"net[0].sender = 2",0,0,0);
	trans[3][29]	= settr(250,2,33,1,0,".(goto)", 1, 2, 0);
	trans[3][27]	= settr(248,2,33,2,0,"else", 1, 2, 0);
	T = trans[3][33] = settr(254,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(254,2,30,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(254,2,32,0,0,"IF", 1, 2, 0);
	trans[3][30]	= settr(251,0,92,212,212,"((net[1].there&&(net[1].sender==1)))", 1, 2, 0); /* m: 31 -> 92,0 */
	reached3[31] = 1;
	trans[3][31]	= settr(0,0,0,0,0,"net[1].sender = 2",0,0,0);
	trans[3][34]	= settr(255,0,92,213,213,".(goto)", 1, 2, 0);
	trans[3][32]	= settr(253,2,34,2,0,"else", 1, 2, 0);
	T = trans[ 3][91] = settr(312,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(312,2,37,0,0,"ATOMIC", 1, 2, 0);
	trans[3][37]	= settr(258,2,38,214,0,"((!(killed[0])&&!(killed[1])))", 1, 2, 0);
	trans[3][38]	= settr(259,2,50,1,0,"(1)", 1, 2, 0);
	T = trans[ 3][50] = settr(271,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(271,0,39,0,0,"sub-sequence", 1, 2, 0);
	trans[3][39]	= settr(260,2,43,215,215,"killed[0] = 1", 1, 2, 0);
	T = trans[3][43] = settr(264,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(264,2,40,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(264,2,42,0,0,"IF", 1, 2, 0);
	trans[3][40]	= settr(261,2,48,216,216,"((net[0].there&&(net[0].sender==0)))", 1, 2, 0); /* m: 41 -> 48,0 */
	reached3[41] = 1;
	trans[3][41]	= settr(0,0,0,0,0,"net[0].sender = 2",0,0,0);
	trans[3][44]	= settr(265,2,48,1,0,".(goto)", 1, 2, 0);
	trans[3][42]	= settr(263,2,48,2,0,"else", 1, 2, 0);
	T = trans[3][48] = settr(269,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(269,2,45,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(269,2,47,0,0,"IF", 1, 2, 0);
	trans[3][45]	= settr(266,2,62,217,217,"((net[1].there&&(net[1].sender==0)))", 1, 2, 0); /* m: 46 -> 62,0 */
	reached3[46] = 1;
	trans[3][46]	= settr(0,0,0,0,0,"net[1].sender = 2",0,0,0);
	trans[3][49]	= settr(270,2,62,1,0,".(goto)", 1, 2, 0);
	trans[3][47]	= settr(268,2,62,2,0,"else", 1, 2, 0);
	T = trans[ 3][62] = settr(283,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(283,0,51,0,0,"sub-sequence", 1, 2, 0);
	trans[3][51]	= settr(272,2,55,218,218,"killed[1] = 1", 1, 2, 0);
	T = trans[3][55] = settr(276,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(276,2,52,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(276,2,54,0,0,"IF", 1, 2, 0);
	trans[3][52]	= settr(273,2,60,219,219,"((net[0].there&&(net[0].sender==1)))", 1, 2, 0); /* m: 53 -> 60,0 */
	reached3[53] = 1;
	trans[3][53]	= settr(0,0,0,0,0,"net[0].sender = 2",0,0,0);
	trans[3][56]	= settr(277,2,60,1,0,".(goto)", 1, 2, 0);
	trans[3][54]	= settr(275,2,60,2,0,"else", 1, 2, 0);
	T = trans[3][60] = settr(281,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(281,2,57,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(281,2,59,0,0,"IF", 1, 2, 0);
	trans[3][57]	= settr(278,2,71,220,220,"((net[1].there&&(net[1].sender==1)))", 1, 2, 0); /* m: 58 -> 71,0 */
	reached3[58] = 1;
	trans[3][58]	= settr(0,0,0,0,0,"net[1].sender = 2",0,0,0);
	trans[3][61]	= settr(282,2,71,1,0,".(goto)", 1, 2, 0);
	trans[3][59]	= settr(280,2,71,2,0,"else", 1, 2, 0);
	T = trans[3][71] = settr(292,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(292,2,63,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(292,2,70,0,0,"IF", 1, 2, 0);
	trans[3][63]	= settr(284,2,77,221,221,"(relaxed)", 1, 2, 0); /* m: 64 -> 77,0 */
	reached3[64] = 1;
	trans[3][64]	= settr(0,0,0,0,0,"journalled = 1",0,0,0);
	trans[3][65]	= settr(0,0,0,0,0,"acked = jFrom",0,0,0);
	trans[3][66]	= settr(0,0,0,0,0,"base = baseBefore",0,0,0);
	trans[3][67]	= settr(0,0,0,0,0,"shade = shadeBefore",0,0,0);
	trans[3][68]	= settr(0,0,0,0,0,"closing = 0",0,0,0);
	trans[3][69]	= settr(0,0,0,0,0,"restores = (jFrom==jTo)",0,0,0);
	trans[3][72]	= settr(293,2,77,1,0,".(goto)", 1, 2, 0);
	trans[3][70]	= settr(291,2,77,2,0,"else", 1, 2, 0);
	T = trans[3][77] = settr(298,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(298,2,73,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(298,2,76,0,0,"IF", 1, 2, 0);
	trans[3][73]	= settr(294,2,89,222,222,"(journalRelaxed)", 1, 2, 0); /* m: 74 -> 89,0 */
	reached3[74] = 1;
	trans[3][74]	= settr(0,0,0,0,0,"journalled = 0",0,0,0);
	trans[3][75]	= settr(0,0,0,0,0,"jAge = 0",0,0,0);
	trans[3][78]	= settr(299,2,89,1,0,".(goto)", 1, 2, 0);
	trans[3][76]	= settr(297,2,89,2,0,"else", 1, 2, 0);
	T = trans[ 3][89] = settr(310,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(310,0,79,0,0,"sub-sequence", 1, 2, 0);
	trans[3][79]	= settr(300,2,87,223,223,"relaxed = 0", 1, 2, 0); /* m: 80 -> 0,87 */
	reached3[80] = 1;
	trans[3][80]	= settr(0,0,0,0,0,"baseBefore = 0",0,0,0);
	trans[3][81]	= settr(0,0,0,0,0,"shadeBefore = 0",0,0,0);
	T = trans[3][87] = settr(308,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(308,2,82,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(308,2,86,0,0,"IF", 1, 2, 0);
	trans[3][82]	= settr(303,0,92,224,224,"(!(journalled))", 1, 2, 0); /* m: 83 -> 92,0 */
	reached3[83] = 1;
	trans[3][83]	= settr(0,0,0,0,0,"jAge = 0",0,0,0);
	trans[3][84]	= settr(0,0,0,0,0,"jFrom = 0",0,0,0);
	trans[3][85]	= settr(0,0,0,0,0,"jTo = 0",0,0,0);
	trans[3][88]	= settr(309,0,92,225,225,".(goto)", 1, 2, 0); /* m: 90 -> 0,92 */
	reached3[90] = 1;
	trans[3][86]	= settr(307,2,88,2,0,"else", 1, 2, 0);
	trans[3][90]	= settr(0,0,0,0,0,"journalRelaxed = 0",0,0,0);
	trans[3][94]	= settr(315,0,95,1,0,"break", 0, 2, 0);
	trans[3][95]	= settr(316,0,0,226,226,"-end-", 0, 3500, 0);

	/* proctype 2: Time */

	trans[2] = (Trans **) emalloc(106*sizeof(Trans *));

	trans[2][103]	= settr(219,0,102,1,0,".(goto)", 0, 2, 0);
	T = trans[2][102] = settr(218,0,0,0,0,"DO", 0, 2, 0);
	T = T->nxt	= settr(218,0,97,0,0,"DO", 0, 2, 0);
	    T->nxt	= settr(218,0,101,0,0,"DO", 0, 2, 0);
	T = trans[ 2][97] = settr(213,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(213,2,1,0,0,"ATOMIC", 1, 2, 0);
	trans[2][1]	= settr(117,2,96,227,0,"((!((((net[0].there&&(net[0].sender!=2))&&(net[0].age>=1))||((net[1].there&&(net[1].sender!=2))&&(net[1].age>=1))))&&(((((((((((journalled||relaxed)&&(jAge<=2))||(shade&&(shadeAge<=2)))||(net[0].there||net[1].there))||((objects>0)&&!(indexed)))||remembered[0])||remembered[1])||fresh[0])||fresh[1])||looked[0])||looked[1])))", 1, 2, 0);
/*->*/	trans[2][96]	= settr(212,36,102,228,228,"D_STEP217", 1, 2, 0);
	T = trans[ 2][101] = settr(217,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(217,2,98,0,0,"ATOMIC", 1, 2, 0);
	trans[2][98]	= settr(214,0,102,229,229,"(((objects>0)&&!(indexed)))", 1, 2, 0); /* m: 99 -> 102,0 */
	reached2[99] = 1;
	trans[2][99]	= settr(0,0,0,0,0,"indexed = 1",0,0,0);
	trans[2][100]	= settr(0,0,0,0,0,"objectAge = 0",0,0,0);
	trans[2][104]	= settr(220,0,105,1,0,"break", 0, 2, 0);
	trans[2][105]	= settr(221,0,0,230,230,"-end-", 0, 3500, 0);

	/* proctype 1: Copy */

	trans[1] = (Trans **) emalloc(95*sizeof(Trans *));

	trans[1][92]	= settr(114,0,91,1,0,".(goto)", 0, 2, 0);
	T = trans[1][91] = settr(113,0,0,0,0,"DO", 0, 2, 0);
	T = T->nxt	= settr(113,0,62,0,0,"DO", 0, 2, 0);
	T = T->nxt	= settr(113,0,80,0,0,"DO", 0, 2, 0);
	    T->nxt	= settr(113,0,90,0,0,"DO", 0, 2, 0);
	T = trans[ 1][62] = settr(84,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(84,2,1,0,0,"ATOMIC", 1, 2, 0);
	trans[1][1]	= settr(23,2,37,231,0,"(net[i].there)", 1, 2, 0);
	T = trans[ 1][37] = settr(59,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(59,0,35,0,0,"sub-sequence", 1, 2, 0);
	T = trans[1][35] = settr(57,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(57,2,2,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(57,2,17,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(57,2,21,0,0,"IF", 1, 2, 0);
	trans[1][2]	= settr(24,2,15,232,0,"((net[i].from==0))", 1, 2, 0);
	T = trans[1][15] = settr(37,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(37,2,3,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(37,2,5,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(37,2,7,0,0,"IF", 1, 2, 0);
	trans[1][3]	= settr(25,2,41,233,233,"((remembered[net[i].nonce]&&(body[net[i].nonce]==net[i].to)))", 1, 2, 0); /* m: 4 -> 41,0 */
	reached1[4] = 1;
	trans[1][4]	= settr(0,0,0,0,0,"reply = done",0,0,0);
	trans[1][16]	= settr(38,2,41,1,0,".(goto)", 1, 2, 0);
	trans[1][5]	= settr(27,2,41,234,234,"((remembered[net[i].nonce]&&(body[net[i].nonce]!=net[i].to)))", 1, 2, 0); /* m: 6 -> 41,0 */
	reached1[6] = 1;
	trans[1][6]	= settr(0,0,0,0,0,"reply = invalid",0,0,0);
	trans[1][7]	= settr(29,2,8,2,0,"else", 1, 2, 0);
	trans[1][8]	= settr(30,2,41,235,235,"assert((objects==0))", 1, 2, 0); /* m: 9 -> 0,41 */
	reached1[9] = 1;
	trans[1][9]	= settr(0,0,0,0,0,"objects = 1",0,0,0);
	trans[1][10]	= settr(0,0,0,0,0,"remembered[net[i].nonce] = 1",0,0,0);
	trans[1][11]	= settr(0,0,0,0,0,"body[net[i].nonce] = net[i].to",0,0,0);
	trans[1][12]	= settr(0,0,0,0,0,"effect = net[i].to",0,0,0);
	trans[1][13]	= settr(0,0,0,0,0,"value = ( ((net[i].to<=1)) -> (0) : (( ((net[i].to<3)) -> (1) : (2) )) )",0,0,0);
	trans[1][14]	= settr(0,0,0,0,0,"reply = done",0,0,0);
	trans[1][36]	= settr(58,2,41,1,0,".(goto)", 1, 2, 0);
	trans[1][17]	= settr(39,2,41,236,236,"(((net[i].from==3)&&(net[i].to==4)))", 1, 2, 0); /* m: 18 -> 41,0 */
	reached1[18] = 1;
	trans[1][18]	= settr(0,0,0,0,0,"assert((effect>=net[i].from))",0,0,0);
	trans[1][19]	= settr(0,0,0,0,0,"effect = 4",0,0,0);
	trans[1][20]	= settr(0,0,0,0,0,"reply = done",0,0,0);
	trans[1][21]	= settr(43,2,33,2,0,"else", 1, 2, 0);
	T = trans[1][33] = settr(55,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(55,2,22,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(55,2,24,0,0,"IF", 1, 2, 0);
	trans[1][22]	= settr(44,2,41,237,237,"((effect==4))", 1, 2, 0); /* m: 23 -> 41,0 */
	reached1[23] = 1;
	trans[1][23]	= settr(0,0,0,0,0,"reply = refused",0,0,0);
	trans[1][34]	= settr(56,2,41,1,0,".(goto)", 1, 2, 0);
	trans[1][24]	= settr(46,2,25,2,0,"else", 1, 2, 0);
	trans[1][25]	= settr(47,2,29,238,0,"assert((effect>=net[i].from))", 1, 2, 0);
	T = trans[1][29] = settr(51,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(51,2,26,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(51,2,28,0,0,"IF", 1, 2, 0);
	trans[1][26]	= settr(48,2,41,239,239,"((net[i].to>effect))", 1, 2, 0); /* m: 27 -> 41,0 */
	reached1[27] = 1;
	trans[1][27]	= settr(0,0,0,0,0,"effect = net[i].to",0,0,0);
	trans[1][30]	= settr(52,2,31,1,0,".(goto)", 1, 2, 0); /* m: 31 -> 0,41 */
	reached1[31] = 1;
	trans[1][28]	= settr(50,2,31,2,0,"else", 1, 2, 0);
	trans[1][31]	= settr(53,2,41,240,240,"value = ( ((net[i].to<=1)) -> (0) : (( ((net[i].to<3)) -> (1) : (2) )) )", 1, 2, 0); /* m: 32 -> 0,41 */
	reached1[32] = 1;
	trans[1][32]	= settr(0,0,0,0,0,"reply = done",0,0,0);
	T = trans[1][41] = settr(63,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(63,2,38,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(63,2,39,0,0,"IF", 1, 2, 0);
	trans[1][38]	= settr(60,2,49,1,0,"(1)", 1, 2, 0);
	trans[1][42]	= settr(64,2,49,1,0,".(goto)", 1, 2, 0);
	trans[1][39]	= settr(61,2,49,241,241,"(1)", 1, 2, 0); /* m: 40 -> 49,0 */
	reached1[40] = 1;
	trans[1][40]	= settr(0,0,0,0,0,"reply = cut",0,0,0);
	T = trans[ 1][49] = settr(71,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(71,0,47,0,0,"sub-sequence", 1, 2, 0);
	T = trans[1][47] = settr(69,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(69,2,43,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(69,2,46,0,0,"IF", 1, 2, 0);
	trans[1][43]	= settr(65,2,60,242,242,"((net[i].sender!=2))", 1, 2, 0); /* m: 44 -> 60,0 */
	reached1[44] = 1;
	trans[1][44]	= settr(0,0,0,0,0,"answer[net[i].sender] = reply",0,0,0);
	trans[1][45]	= settr(0,0,0,0,0,"net[i].sender = 2",0,0,0);
	trans[1][48]	= settr(70,2,50,1,0,".(goto)", 1, 2, 0); /* m: 50 -> 0,60 */
	reached1[50] = 1;
	trans[1][46]	= settr(68,2,50,2,0,"else", 1, 2, 0);
	trans[1][50]	= settr(72,2,60,243,243,"reply = nothing", 1, 2, 0);
	T = trans[1][60] = settr(82,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(82,2,58,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(82,2,59,0,0,"IF", 1, 2, 0);
	T = trans[ 1][58] = settr(80,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(80,0,57,0,0,"sub-sequence", 1, 2, 0);
/*->*/	trans[1][57]	= settr(79,34,61,244,244,"D_STEP150", 1, 2, 0);
	trans[1][61]	= settr(83,0,91,1,0,".(goto)", 1, 2, 0);
	trans[1][59]	= settr(81,0,91,245,245,"(1)", 1, 2, 0); /* m: 61 -> 91,0 */
	reached1[61] = 1;
	T = trans[ 1][80] = settr(102,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(102,2,63,0,0,"ATOMIC", 1, 2, 0);
	trans[1][63]	= settr(85,2,64,246,0,"(net[i].there)", 1, 2, 0);
	trans[1][64]	= settr(86,2,71,1,0,"(1)", 1, 2, 0);
	T = trans[ 1][71] = settr(93,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(93,0,69,0,0,"sub-sequence", 1, 2, 0);
	T = trans[1][69] = settr(91,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(91,2,65,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(91,2,68,0,0,"IF", 1, 2, 0);
	trans[1][65]	= settr(87,2,79,247,247,"((net[i].sender!=2))", 1, 2, 0); /* m: 66 -> 79,0 */
	reached1[66] = 1;
	trans[1][66]	= settr(0,0,0,0,0,"answer[net[i].sender] = 1",0,0,0);
	trans[1][67]	= settr(0,0,0,0,0,"net[i].sender = 2",0,0,0);
	trans[1][70]	= settr(92,2,79,1,0,".(goto)", 1, 2, 0);
	trans[1][68]	= settr(90,2,79,2,0,"else", 1, 2, 0);
	T = trans[ 1][79] = settr(101,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(101,0,78,0,0,"sub-sequence", 1, 2, 0);
/*->*/	trans[1][78]	= settr(100,36,91,248,248,"D_STEP150", 1, 2, 0);
	T = trans[ 1][90] = settr(112,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(112,2,81,0,0,"ATOMIC", 1, 2, 0);
	trans[1][81]	= settr(103,2,82,249,0,"((net[i].there&&(net[i].sender!=2)))", 1, 2, 0);
	trans[1][82]	= settr(104,2,89,1,0,"(1)", 1, 2, 0);
	T = trans[ 1][89] = settr(111,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(111,0,87,0,0,"sub-sequence", 1, 2, 0);
	T = trans[1][87] = settr(109,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(109,2,83,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(109,2,86,0,0,"IF", 1, 2, 0);
	trans[1][83]	= settr(105,0,91,250,250,"((net[i].sender!=2))", 1, 2, 0); /* m: 84 -> 91,0 */
	reached1[84] = 1;
	trans[1][84]	= settr(0,0,0,0,0,"answer[net[i].sender] = 1",0,0,0);
	trans[1][85]	= settr(0,0,0,0,0,"net[i].sender = 2",0,0,0);
	trans[1][88]	= settr(110,0,91,251,251,".(goto)", 1, 2, 0);
	trans[1][86]	= settr(108,2,88,2,0,"else", 1, 2, 0);
	trans[1][93]	= settr(115,0,94,1,0,"break", 0, 2, 0);
	trans[1][94]	= settr(116,0,0,252,252,"-end-", 0, 3500, 0);

	/* proctype 0: Person */

	trans[0] = (Trans **) emalloc(24*sizeof(Trans *));

	trans[0][21]	= settr(20,0,20,1,0,".(goto)", 0, 2, 0);
	T = trans[0][20] = settr(19,0,0,0,0,"DO", 0, 2, 0);
	T = T->nxt	= settr(19,0,15,0,0,"DO", 0, 2, 0);
	    T->nxt	= settr(19,0,19,0,0,"DO", 0, 2, 0);
	T = trans[ 0][15] = settr(14,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(14,2,1,0,0,"ATOMIC", 1, 2, 0);
	trans[0][1]	= settr(0,2,13,253,253,"((called<4))", 1, 2, 0); /* m: 2 -> 13,0 */
	reached0[2] = 1;
	trans[0][2]	= settr(0,0,0,0,0,"called = (called+1)",0,0,0);
	T = trans[ 0][13] = settr(12,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(12,0,3,0,0,"sub-sequence", 1, 2, 0);
	trans[0][3]	= settr(2,2,11,254,254,"relaxed = 0", 1, 2, 0); /* m: 4 -> 0,11 */
	reached0[4] = 1;
	trans[0][4]	= settr(0,0,0,0,0,"baseBefore = 0",0,0,0);
	trans[0][5]	= settr(0,0,0,0,0,"shadeBefore = 0",0,0,0);
	T = trans[0][11] = settr(10,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(10,2,6,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(10,2,10,0,0,"IF", 1, 2, 0);
	trans[0][6]	= settr(5,0,20,255,255,"(!(journalled))", 1, 2, 0); /* m: 7 -> 20,0 */
	reached0[7] = 1;
	trans[0][7]	= settr(0,0,0,0,0,"jAge = 0",0,0,0);
	trans[0][8]	= settr(0,0,0,0,0,"jFrom = 0",0,0,0);
	trans[0][9]	= settr(0,0,0,0,0,"jTo = 0",0,0,0);
	trans[0][12]	= settr(11,0,20,256,256,".(goto)", 1, 2, 0); /* m: 14 -> 0,20 */
	reached0[14] = 1;
	trans[0][10]	= settr(9,2,12,2,0,"else", 1, 2, 0);
	trans[0][14]	= settr(0,0,0,0,0,"journalRelaxed = 0",0,0,0);
	T = trans[ 0][19] = settr(18,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(18,2,16,0,0,"ATOMIC", 1, 2, 0);
	trans[0][16]	= settr(15,4,23,257,257,"((called>0))", 1, 2, 0); /* m: 17 -> 23,0 */
	reached0[17] = 1;
	trans[0][17]	= settr(0,0,0,0,0,"stopped = 1",0,0,0);
	trans[0][18]	= settr(17,0,23,1,0,"goto :b0", 1, 2, 0);
	trans[0][22]	= settr(21,0,23,1,0,"break", 0, 2, 0);
	trans[0][23]	= settr(22,0,0,258,258,"-end-", 0, 3500, 0);
	/* np_ demon: */
	trans[_NP_] = (Trans **) emalloc(3*sizeof(Trans *));
	T = trans[_NP_][0] = settr(9997,0,1,_T5,0,"(np_)", 1,2,0);
	    T->nxt	  = settr(9998,0,0,_T2,0,"(1)",   0,2,0);
	T = trans[_NP_][1] = settr(9999,0,1,_T5,0,"(np_)", 1,2,0);
}

Trans *
settr(	int t_id, int a, int b, int c, int d,
	char *t, int g, int tpe0, int tpe1)
{	Trans *tmp = (Trans *) emalloc(sizeof(Trans));

	tmp->atom  = a&(6|32);	/* only (2|8|32) have meaning */
	if (!g) tmp->atom |= 8;	/* no global references */
	tmp->st    = b;
	tmp->tpe[0] = tpe0;
	tmp->tpe[1] = tpe1;
	tmp->tp    = t;
	tmp->t_id  = t_id;
	tmp->forw  = c;
	tmp->back  = d;
	return tmp;
}

Trans *
cpytr(Trans *a)
{	Trans *tmp = (Trans *) emalloc(sizeof(Trans));

	int i;
	tmp->atom  = a->atom;
	tmp->st    = a->st;
#ifdef HAS_UNLESS
	tmp->e_trans = a->e_trans;
	for (i = 0; i < HAS_UNLESS; i++)
		tmp->escp[i] = a->escp[i];
#endif
	tmp->tpe[0] = a->tpe[0];
	tmp->tpe[1] = a->tpe[1];
	for (i = 0; i < 6; i++)
	{	tmp->qu[i] = a->qu[i];
		tmp->ty[i] = a->ty[i];
	}
	tmp->tp    = (char *) emalloc(strlen(a->tp)+1);
	strcpy(tmp->tp, a->tp);
	tmp->t_id  = a->t_id;
	tmp->forw  = a->forw;
	tmp->back  = a->back;
	return tmp;
}

#ifndef NOREDUCE
int
srinc_set(int n)
{	if (n <= 2) return LOCAL;
	if (n <= 2+  DELTA) return Q_FULL_F; /* 's' or nfull  */
	if (n <= 2+2*DELTA) return Q_EMPT_F; /* 'r' or nempty */
	if (n <= 2+3*DELTA) return Q_EMPT_T; /* empty */
	if (n <= 2+4*DELTA) return Q_FULL_T; /* full  */
	if (n ==   5*DELTA) return GLOBAL;
	if (n ==   6*DELTA) return TIMEOUT_F;
	if (n ==   7*DELTA) return ALPHA_F;
	Uerror("cannot happen srinc_class");
	return BAD;
}
int
srunc(int n, int m)
{	switch(m) {
	case Q_FULL_F: return n-2;
	case Q_EMPT_F: return n-2-DELTA;
	case Q_EMPT_T: return n-2-2*DELTA;
	case Q_FULL_T: return n-2-3*DELTA;
	case ALPHA_F:
	case TIMEOUT_F: return 257; /* non-zero, and > MAXQ */
	}
	Uerror("cannot happen srunc");
	return 0;
}
#endif
int cnt;
#ifdef HAS_UNLESS
int
isthere(Trans *a, int b)
{	Trans *t;
	for (t = a; t; t = t->nxt)
		if (t->t_id == b)
			return 1;
	return 0;
}
#endif
#ifndef NOREDUCE
int
mark_safety(Trans *t) /* for conditional safety */
{	int g = 0, i, j, k;

	if (!t) return 0;
	if (t->qu[0])
		return (t->qu[1])?2:1;	/* marked */

	for (i = 0; i < 2; i++)
	{	j = srinc_set(t->tpe[i]);
		if (j >= GLOBAL && j != ALPHA_F)
			return -1;
		if (j != LOCAL)
		{	k = srunc(t->tpe[i], j);
			if (g == 0
			||  t->qu[0] != k
			||  t->ty[0] != j)
			{	t->qu[g] = k;
				t->ty[g] = j;
				g++;
	}	}	}
	return g;
}
#endif
void
retrans(int n, int m, int is, short srcln[], uchar reach[], uchar lpstate[])
	/* process n, with m states, is=initial state */
{	Trans *T0, *T1, *T2, *T3;
	Trans *T4, *T5; /* t_reverse or has_unless */
	int i;
#if defined(HAS_UNLESS) || !defined(NOREDUCE)
	int k;
#endif
#ifndef NOREDUCE
	int g, h, j, aa;
#endif
#ifdef HAS_UNLESS
	int p;
#endif
	if (state_tables >= 4)
	{	printf("STEP 1 %s\n", 
			procname[n]);
		for (i = 1; i < m; i++)
		for (T0 = trans[n][i]; T0; T0 = T0->nxt)
			crack(n, i, T0, srcln);
		return;
	}
	do {
		for (i = 1, cnt = 0; i < m; i++)
		{	T2 = trans[n][i];
			T1 = T2?T2->nxt:(Trans *)0;
/* prescan: */		for (T0 = T1; T0; T0 = T0->nxt)
/* choice in choice */	{	if (T0->st && trans[n][T0->st]
				&&  trans[n][T0->st]->nxt)
					break;
			}
#if 0
		if (T0)
		printf("\tstate %d / %d: choice in choice\n",
		i, T0->st);
#endif
			if (T0)
			for (T0 = T1; T0; T0 = T0->nxt)
			{	T3 = trans[n][T0->st];
				if (!T3->nxt)
				{	T2->nxt = cpytr(T0);
					T2 = T2->nxt;
					imed(T2, T0->st, n, i);
					continue;
				}
				do {	T3 = T3->nxt;
					T2->nxt = cpytr(T3);
					T2 = T2->nxt;
					imed(T2, T0->st, n, i);
				} while (T3->nxt);
				cnt++;
			}
		}
	} while (cnt);
	if (state_tables >= 3)
	{	printf("STEP 2 %s\n", 
			procname[n]);
		for (i = 1; i < m; i++)
		for (T0 = trans[n][i]; T0; T0 = T0->nxt)
			crack(n, i, T0, srcln);
		return;
	}
	for (i = 1; i < m; i++)
	{	if (trans[n][i] && trans[n][i]->nxt) /* optimize */
		{	T1 = trans[n][i]->nxt;
#if 0
			printf("\t\tpull %d (%d) to %d\n",
			T1->st, T1->forw, i);
#endif
			srcln[i] = srcln[T1->st];	/* Oyvind Teig, 5.2.0 */

			if (!trans[n][T1->st]) continue;
			T0 = cpytr(trans[n][T1->st]);
			trans[n][i] = T0;
			reach[T1->st] = 1;
			imed(T0, T1->st, n, i);
			for (T1 = T1->nxt; T1; T1 = T1->nxt)
			{
#if 0
			printf("\t\tpull %d (%d) to %d\n",
				T1->st, T1->forw, i);
#endif
		/*		srcln[i] = srcln[T1->st];  gh: not useful */
				if (!trans[n][T1->st]) continue;
				T0->nxt = cpytr(trans[n][T1->st]);
				T0 = T0->nxt;
				reach[T1->st] = 1;
				imed(T0, T1->st, n, i);
	}	}	}
	if (state_tables >= 2)
	{	printf("STEP 3 %s\n", 
			procname[n]);
		for (i = 1; i < m; i++)
		for (T0 = trans[n][i]; T0; T0 = T0->nxt)
			crack(n, i, T0, srcln);
		return;
	}
#ifdef HAS_UNLESS
	for (i = 1; i < m; i++)
	{	if (!trans[n][i]) continue;
		/* check for each state i if an
		 * escape to some state p is defined
		 * if so, copy and mark p's transitions
		 * and prepend them to the transition-
		 * list of state i
		 */
	 if (!like_java) /* the default */
	 {	for (T0 = trans[n][i]; T0; T0 = T0->nxt)
		for (k = HAS_UNLESS-1; k >= 0; k--)
		{	if (p = T0->escp[k])
			for (T1 = trans[n][p]; T1; T1 = T1->nxt)
			{	if (isthere(trans[n][i], T1->t_id))
					continue;
				T2 = cpytr(T1);
				T2->e_trans = p;
				T2->nxt = trans[n][i];
				trans[n][i] = T2;
		}	}
	 } else /* outermost unless checked first */
	 {	T4 = T3 = (Trans *) 0;
		for (T0 = trans[n][i]; T0; T0 = T0->nxt)
		for (k = HAS_UNLESS-1; k >= 0; k--)
		{	if (p = T0->escp[k])
			for (T1 = trans[n][p]; T1; T1 = T1->nxt)
			{	if (isthere(trans[n][i], T1->t_id))
					continue;
				T2 = cpytr(T1);
				T2->nxt = (Trans *) 0;
				T2->e_trans = p;
				if (T3)	T3->nxt = T2;
				else	T4 = T2;
				T3 = T2;
		}	}
		if (T4)
		{	T3->nxt = trans[n][i];
			trans[n][i] = T4;
		}
	 }
	}
#endif
#ifndef NOREDUCE
	for (i = 1; i < m; i++)
	{	if (a_cycles)
		{ /* moves through these states are visible */
	#if PROG_LAB>0 && defined(HAS_NP)
			if (progstate[n][i])
				goto degrade;
			for (T1 = trans[n][i]; T1; T1 = T1->nxt)
				if (progstate[n][T1->st])
					goto degrade;
	#endif
			if (accpstate[n][i] || visstate[n][i])
				goto degrade;
			for (T1 = trans[n][i]; T1; T1 = T1->nxt)
				if (accpstate[n][T1->st])
					goto degrade;
		}
		T1 = trans[n][i];
		if (!T1) continue;
		g = mark_safety(T1);	/* V3.3.1 */
		if (g < 0) goto degrade; /* global */
		/* check if mixing of guards preserves reduction */
		if (T1->nxt)
		{	k = 0;
			for (T0 = T1; T0; T0 = T0->nxt)
			{	if (!(T0->atom&8))
					goto degrade;
				for (aa = 0; aa < 2; aa++)
				{	j = srinc_set(T0->tpe[aa]);
					if (j >= GLOBAL && j != ALPHA_F)
						goto degrade;
					if (T0->tpe[aa]
					&&  T0->tpe[aa]
					!=  T1->tpe[0])
						k = 1;
			}	}
			/* g = 0;	V3.3.1 */
			if (k)	/* non-uniform selection */
			for (T0 = T1; T0; T0 = T0->nxt)
			for (aa = 0; aa < 2; aa++)
			{	j = srinc_set(T0->tpe[aa]);
				if (j != LOCAL)
				{	k = srunc(T0->tpe[aa], j);
					for (h = 0; h < 6; h++)
						if (T1->qu[h] == k
						&&  T1->ty[h] == j)
							break;
					if (h >= 6)
					{	T1->qu[g%6] = k;
						T1->ty[g%6] = j;
						g++;
			}	}	}
			if (g > 6)
			{	T1->qu[0] = 0;	/* turn it off */
				printf("pan: warning, line %d, ",
					srcln[i]);
			 	printf("too many stmnt types (%d)",
					g);
			  	printf(" in selection\n");
			  goto degrade;
			}
		}
		/* mark all options global if >=1 is global */
		for (T1 = trans[n][i]; T1; T1 = T1->nxt)
			if (!(T1->atom&8)) break;
		if (T1)
degrade:	for (T1 = trans[n][i]; T1; T1 = T1->nxt)
			T1->atom &= ~8;	/* mark as unsafe */
		/* can only mix 'r's or 's's if on same chan */
		/* and not mixed with other local operations */
		T1 = trans[n][i];
		if (!T1 || T1->qu[0]) continue;
		j = T1->tpe[0];
		if (T1->nxt && T1->atom&8)
		{ if (j == 5*DELTA)
		  {	printf("warning: line %d ", srcln[i]);
			printf("mixed condition ");
			printf("(defeats reduction)\n");
			goto degrade;
		  }
		  for (T0 = T1; T0; T0 = T0->nxt)
		  for (aa = 0; aa < 2; aa++)
		  if  (T0->tpe[aa] && T0->tpe[aa] != j)
		  {	printf("warning: line %d ", srcln[i]);
			printf("[%d-%d] mixed %stion ",
				T0->tpe[aa], j, 
				(j==5*DELTA)?"condi":"selec");
			printf("(defeats reduction)\n");
			printf("	'%s' <-> '%s'\n",
				T1->tp, T0->tp);
			goto degrade;
		} }
	}
#endif
	for (i = 1; i < m; i++)
	{	T2 = trans[n][i];
		if (!T2
		||  T2->nxt
		||  strncmp(T2->tp, ".(goto)", 7)
		||  !stopstate[n][i])
			continue;
		stopstate[n][T2->st] = 1;
	}
	if (state_tables && !verbose)
	{	if (dodot)
		{	char buf[256], *q = buf, *p = procname[n];
			while (*p != '\0')
			{	if (*p != ':')
				{	*q++ = *p;
				}
				p++;
			}
			*q = '\0';
			printf("digraph ");
			switch (Btypes[n]) {
			case I_PROC:  printf("init {\n"); break;
			case N_CLAIM: printf("claim_%s {\n", buf); break;
			case E_TRACE: printf("notrace {\n"); break;
			case N_TRACE: printf("trace {\n"); break;
			default:      printf("p_%s {\n", buf); break;
			}
			printf("size=\"8,10\";\n");
			printf("  GT [shape=box,style=dotted,label=\"%s\"];\n", buf);
			printf("  GT -> S%d;\n", is);
		} else
		{	switch (Btypes[n]) {
			case I_PROC:  printf("init\n"); break;
			case N_CLAIM: printf("claim %s\n", procname[n]); break;
			case E_TRACE: printf("notrace assertion\n"); break;
			case N_TRACE: printf("trace assertion\n"); break;
			default:      printf("proctype %s\n", procname[n]); break;
		}	}
		for (i = 1; i < m; i++)
		{	reach[i] = 1;
		}
		tagtable(n, m, is, srcln, reach);
		if (dodot) printf("}\n");
	} else
	for (i = 1; i < m; i++)
	{	int nrelse;
		if (Btypes[n] != N_CLAIM)
		{	for (T0 = trans[n][i]; T0; T0 = T0->nxt)
			{	if (T0->st == i
				&& strcmp(T0->tp, "(1)") == 0)
				{	printf("error: proctype '%s' ",
						procname[n]);
		  			printf("line %d, state %d: has un",
						srcln[i], i);
					printf("conditional self-loop\n");
					pan_exit(1);
		}	}	}
		nrelse = 0;
		for (T0 = trans[n][i]; T0; T0 = T0->nxt)
		{	if (strcmp(T0->tp, "else") == 0)
				nrelse++;
		}
		if (nrelse > 1)
		{	printf("error: proctype '%s' state",
				procname[n]);
		  	printf(" %d, inherits %d", i, nrelse);
		  	printf(" 'else' stmnts\n");
			pan_exit(1);
	}	}
#if !defined(LOOPSTATE) && !defined(BFS_PAR)
	if (state_tables)
#endif
	do_dfs(n, m, is, srcln, reach, lpstate);

	if (!t_reverse)
	{	return;
	}
	/* process n, with m states, is=initial state -- reverse list */
	if (!state_tables && Btypes[n] != N_CLAIM)
	{	for (i = 1; i < m; i++)
		{	Trans *Tx = (Trans *) 0; /* list of escapes */
			Trans *Ty = (Trans *) 0; /* its tail element */
			T1 = (Trans *) 0; /* reversed list */
			T2 = (Trans *) 0; /* its tail */
			T3 = (Trans *) 0; /* remembers possible 'else' */

			/* find unless-escapes, they should go first */
			T4 = T5 = T0 = trans[n][i];
	#ifdef HAS_UNLESS
			while (T4 && T4->e_trans) /* escapes are first in orig list */
			{	T5 = T4;	  /* remember predecessor */
				T4 = T4->nxt;
			}
	#endif
			/* T4 points to first non-escape, T5 to its parent, T0 to original list */
			if (T4 != T0)		 /* there was at least one escape */
			{	T3 = T5->nxt;		 /* start of non-escapes */
				T5->nxt = (Trans *) 0;	 /* separate */
				Tx = T0;		 /* start of the escapes */
				Ty = T5;		 /* its tail */
				T0 = T3;		 /* the rest, to be reversed */
			}
			/* T0 points to first non-escape, Tx to the list of escapes, Ty to its tail */

			/* first tail-add non-escape transitions, reversed */
			T3 = (Trans *) 0;
			for (T5 = T0; T5; T5 = T4)
			{	T4 = T5->nxt;
	#ifdef HAS_UNLESS
				if (T5->e_trans)
				{	printf("error: cannot happen!\n");
					continue;
				}
	#endif
				if (strcmp(T5->tp, "else") == 0)
				{	T3 = T5;
					T5->nxt = (Trans *) 0;
				} else
				{	T5->nxt = T1;
					if (!T1) { T2 = T5; }
					T1 = T5;
			}	}
			/* T3 points to a possible else, which is removed from the list */
			/* T1 points to the reversed list so far (without escapes) */
			/* T2 points to the tail element -- where the else should go */
			if (T2 && T3)
			{	T2->nxt = T3;	/* add else */
			} else
			{	if (T3) /* there was an else, but there's no tail */
				{	if (!T1)	/* and no reversed list */
					{	T1 = T3; /* odd, but possible */
					} else		/* even stranger */
					{	T1->nxt = T3;
			}	}	}

			/* add in the escapes, to that they appear at the front */
			if (Tx && Ty) { Ty->nxt = T1; T1 = Tx; }

			trans[n][i] = T1;
			/* reversed, with escapes first and else last */
	}	}
	if (state_tables && verbose)
	{	printf("FINAL proctype %s\n", 
			procname[n]);
		for (i = 1; i < m; i++)
		for (T0 = trans[n][i]; T0; T0 = T0->nxt)
			crack(n, i, T0, srcln);
	}
}
void
imed(Trans *T, int v, int n, int j)	/* set intermediate state */
{	progstate[n][T->st] |= progstate[n][v];
	accpstate[n][T->st] |= accpstate[n][v];
	stopstate[n][T->st] |= stopstate[n][v];
	mapstate[n][j] = T->st;
}
void
tagtable(int n, int m, int is, short srcln[], uchar reach[])
{	Trans *z;

	if (is >= m || !trans[n][is]
	||  is <= 0 || reach[is] == 0)
		return;
	reach[is] = 0;
	if (state_tables)
	for (z = trans[n][is]; z; z = z->nxt)
	{	if (dodot)
			dot_crack(n, is, z);
		else
			crack(n, is, z, srcln);
	}

	for (z = trans[n][is]; z; z = z->nxt)
	{
#ifdef HAS_UNLESS
		int i, j;
#endif
		tagtable(n, m, z->st, srcln, reach);
#ifdef HAS_UNLESS
		for (i = 0; i < HAS_UNLESS; i++)
		{	j = trans[n][is]->escp[i];
			if (!j) break;
			tagtable(n, m, j, srcln, reach);
		}
#endif
	}
}

extern Trans *t_id_lkup[];

void
dfs_table(int n, int m, int is, short srcln[], uchar reach[], uchar lpstate[])
{	Trans *z;

	if (is >= m || is <= 0 || !trans[n][is])
		return;
	if ((reach[is] & (4|8|16)) != 0)
	{	if ((reach[is] & (8|16)) == 16)	/* on stack, not yet recorded */
		{	lpstate[is] = 1;
			reach[is] |= 8; /* recorded */
			if (state_tables && verbose)
			{	printf("state %d line %d is a loopstate\n", is, srcln[is]);
		}	}
		return;
	}
	reach[is] |= (4|16);	/* visited | onstack */
	for (z = trans[n][is]; z; z = z->nxt)
	{	t_id_lkup[z->t_id] = z;
#ifdef HAS_UNLESS
		int i, j;
#endif
		dfs_table(n, m, z->st, srcln, reach, lpstate);
#ifdef HAS_UNLESS
		for (i = 0; i < HAS_UNLESS; i++)
		{	j = trans[n][is]->escp[i];
			if (!j) break;
			dfs_table(n, m, j, srcln, reach, lpstate);
		}
#endif
	}
	reach[is] &= ~16; /* no longer on stack */
}
void
do_dfs(int n, int m, int is, short srcln[], uchar reach[], uchar lpstate[])
{	int i;
	dfs_table(n, m, is, srcln, reach, lpstate);
	for (i = 0; i < m; i++)
		reach[i] &= ~(4|8|16);
}
void
crack(int n, int j, Trans *z, short srcln[])
{	int i;

	if (!z) return;
	printf("	state %3d -(tr %3d)-> state %3d  ",
		j, z->forw, z->st);
	printf("[id %3d tp %3d", z->t_id, z->tpe[0]);
	if (z->tpe[1]) printf(",%d", z->tpe[1]);
#ifdef HAS_UNLESS
	if (z->e_trans)
		printf(" org %3d", z->e_trans);
	else if (state_tables >= 2)
	for (i = 0; i < HAS_UNLESS; i++)
	{	if (!z->escp[i]) break;
		printf(" esc %d", z->escp[i]);
	}
#endif
	printf("]");
	printf(" [%s%s%s%s%s] %s:%d => ",
		z->atom&6?"A":z->atom&32?"D":"-",
		accpstate[n][j]?"a" :"-",
		stopstate[n][j]?"e" : "-",
		progstate[n][j]?"p" : "-",
		z->atom & 8 ?"L":"G",
		PanSource, srcln[j]);
	for (i = 0; z->tp[i]; i++)
		if (z->tp[i] == '\n')
			printf("\\n");
		else
			putchar(z->tp[i]);
	if (verbose && z->qu[0])
	{	printf("\t[");
		for (i = 0; i < 6; i++)
			if (z->qu[i])
				printf("(%d,%d)",
				z->qu[i], z->ty[i]);
		printf("]");
	}
	printf("\n");
	fflush(stdout);
}
/* spin -a m.pml; cc -o pan pan.c; ./pan -D | dot -Tps > foo.ps; ps2pdf foo.ps */
void
dot_crack(int n, int j, Trans *z)
{	int i;

	if (!z) return;
	printf("	S%d -> S%d  [color=black", j, z->st);

	if (z->atom&6) printf(",style=dashed");
	else if (z->atom&32) printf(",style=dotted");
	else if (z->atom&8) printf(",style=solid");
	else printf(",style=bold");

	printf(",label=\"");
	for (i = 0; z->tp[i]; i++)
	{	if (z->tp[i] == '\\'
		&&  z->tp[i+1] == 'n')
		{	i++; printf(" ");
		} else
		{	putchar(z->tp[i]);
	}	}
	printf("\"];\n");
	if (accpstate[n][j]) printf("  S%d [color=red,style=bold];\n", j);
	else if (progstate[n][j]) printf("  S%d [color=green,style=bold];\n", j);
	if (stopstate[n][j]) printf("  S%d [color=blue,style=bold,shape=box];\n", j);
}

#ifdef VAR_RANGES
#define BYTESIZE	32	/* 2^8 : 2^3 = 256:8 = 32 */

typedef struct Vr_Ptr {
	char	*nm;
	uchar	vals[BYTESIZE];
	struct Vr_Ptr *nxt;
} Vr_Ptr;
Vr_Ptr *ranges = (Vr_Ptr *) 0;

void
logval(char *s, int v)
{	Vr_Ptr *tmp;

	if (v<0 || v > 255) return;
	for (tmp = ranges; tmp; tmp = tmp->nxt)
		if (!strcmp(tmp->nm, s))
			goto found;
	tmp = (Vr_Ptr *) emalloc(sizeof(Vr_Ptr));
	tmp->nxt = ranges;
	ranges = tmp;
	tmp->nm = s;
found:
	tmp->vals[(v)/8] |= 1<<((v)%8);
}

void
dumpval(uchar X[], int range)
{	int w, x, i, j = -1;

	for (w = i = 0; w < range; w++)
	for (x = 0; x < 8; x++, i++)
	{
from:		if ((X[w] & (1<<x)))
		{	printf("%d", i);
			j = i;
			goto upto;
	}	}
	return;
	for (w = 0; w < range; w++)
	for (x = 0; x < 8; x++, i++)
	{
upto:		if (!(X[w] & (1<<x)))
		{	if (i-1 == j)
				printf(", ");
			else
				printf("-%d, ", i-1);
			goto from;
	}	}
	if (j >= 0 && j != 255)
		printf("-255");
}

void
dumpranges(void)
{	Vr_Ptr *tmp;
	printf("\nValues assigned within ");
	printf("interval [0..255]:\n");
	for (tmp = ranges; tmp; tmp = tmp->nxt)
	{	printf("\t%s\t: ", tmp->nm);
		dumpval(tmp->vals, BYTESIZE);
		printf("\n");
	}
}
#endif
