package main

// Plan is what the program is told: which modules, from where, to where, with which edits.
type Plan struct {
	Modules []Module `json:"modules"`
}

// Module is one copy. From and To are folders; To must not exist.
type Module struct {
	From  string `json:"from"`
	To    string `json:"to"`
	Edits []Edit `json:"edits"`
}

// Edit changes one place of one file.
type Edit struct {
	// File within the module, with slashes.
	File string `json:"file"`
	// In is the function: `checkSAN`, or `TLSInfo.baseConfig` for a method of TLSInfo or *TLSInfo.
	In string `json:"in"`
	// At leads to the place, each step within the one before; none stands for the body of the function.
	At []Step `json:"at"`
	// Do says what Code does: `replace`, `before`, `after`; `condition` takes the place of an if's condition,
	// `over` that of what a range goes over.
	Do   string `json:"do"`
	Code string `json:"code"`
	// Imports of the new code that the file does not have.
	Imports []string `json:"imports"`
	// Declare holds top-level declarations, added to the end of the file.
	Declare string `json:"declare"`
}

// Step finds one node within another.
type Step struct {
	// Kind: `if`, `range`, `assign` (= and :=), `return`, `call` (an expression, not a statement).
	Kind string `json:"kind"`
	// Names must all be in the head of the node: identifiers, selectors as written (`cfg.ClientAuth`), or texts with
	// their quotation marks. The head
	// is what stands before a body: of an if its condition, of an assignment both sides; bodies of function
	// literals are not looked into. For `call` the first name is that of the called function.
	Names []string `json:"names"`
	// Not lists names that must not be there.
	Not []string `json:"not"`
	// Nth of several that are alike, counted from 1 in the order of the text; Of is how many there must be.
	Nth int `json:"nth"`
	Of  int `json:"of"`
}
