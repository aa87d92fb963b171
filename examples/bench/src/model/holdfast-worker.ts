// Holdfast's own worker, under an address of this app's: every bundler follows a file beside the code.
import "holdfast/worker";
